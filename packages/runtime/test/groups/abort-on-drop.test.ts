import { abortOnDrop, sleep } from '@heddle/runtime';
import { expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

it('aborts the task at the end of the block, also when that is left by a throw', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(() => sleep(1000));
  expect(() => {
    using _ = abortOnDrop(handle);
    throw new Error('boom');
  }).toThrow('boom');
  await host.settle();
  expect(await outcomeOf(handle)).toBe('cancelled');
});

it('has the handle to be awaited, and lets a detached one go on', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(function* () {
    yield* sleep(1);
    return 'went on';
  });
  {
    using guard = abortOnDrop(handle);
    expect([guard.handle === handle, guard.id, guard.isFinished()]).toEqual([true, handle.id, false]);
    expect(guard.detach() === handle).toBe(true);
  }
  await host.advance(1);
  expect(await outcomeOf(handle)).toBe('went on');
});

it('takes the right to abort alone', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(() => sleep(1000));
  {
    using guard = abortOnDrop(handle.abortHandle());
    guard.abort('why');
  }
  await host.settle();
  const result = await handle;
  expect(result.ok ? result : result.error.cause).toBe('why');
});
