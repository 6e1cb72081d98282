import { expect, test } from 'vitest';
import { notCloneable } from '../../../src/thread/not-cloneable.js';

test('what Node will not clone is refused as any argument is', () => {
  const refused = notCloneable(new DOMException('it was transferred before', 'DataCloneError'));
  expect(refused).toBeInstanceOf(TypeError);
  expect(refused).toMatchObject({
    code: 'ERR_NOT_SENDABLE',
    message: 'thread.spawn: it was transferred before',
    cause: { name: 'DataCloneError' },
  });
});

test('any other error is no refusal', () => {
  expect(notCloneable(new Error('EAGAIN'))).toBe(undefined);
  expect(notCloneable('EAGAIN')).toBe(undefined);
});
