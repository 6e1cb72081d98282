import { AsyncLocalStorage } from 'node:async_hooks';
import { registerContext, taskLocal, yieldNow } from '@heddle/runtime';
import { expect, test, vi } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

// Entering a store makes every later `await` of the process slower on Node 20: nobody pays who does not set a value.
test('no store is entered before the first value of a task-local is set', async () => {
  const entered = vi.spyOn(AsyncLocalStorage.prototype, 'run');
  const LOCAL = taskLocal<number>('test.unused', { travels: true });
  registerContext({ name: 'test.unused', capture: () => undefined, run: (_, fn) => fn() });
  const { host, spawn } = byHand();
  const body = function* () {
    yield* yieldNow();
    yield* spawn(function* () {
      yield* yieldNow();
    });
    return LOCAL.tryGet();
  };
  const before = spawn(body);
  await host.settle();
  expect([await outcomeOf(before), entered.mock.calls.length]).toEqual(['undefined', 0]);

  const after = LOCAL.syncScope(1, () => spawn(body));
  await host.settle();
  expect(await outcomeOf(after)).toBe('1');
  expect(entered).toHaveBeenCalled();
});
