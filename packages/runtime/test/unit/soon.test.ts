import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { soon } from '../../src/base/soon.js';

it('calls back in a microtask, in the order of the calls', async () => {
  const seen: string[] = [];
  soon(() => seen.push('first'));
  soon(() => seen.push('second'));
  seen.push('called');
  await undefined;
  await undefined;
  expect(seen).toEqual(['called', 'first', 'second']);
});

it('tells of what is thrown, as a promise that nobody looks at does', async () => {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  try {
    const told = once(process, 'unhandledRejection');
    new AsyncLocalStorage<number>().run(1, () =>
      soon(() => {
        throw new Error('out of a microtask');
      }),
    );
    const [reason] = await told;
    expect((reason as Error).message).toBe('out of a microtask');
  } finally {
    for (const listener of others) process.on('unhandledRejection', listener);
  }
});
