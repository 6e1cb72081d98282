import { setPanicHook } from '@heddle/runtime';
import { broadcast, oneshot } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomeOf } from '../by-hand.js';
import { refusingRuntime } from './refusing-policy.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('a policy that throws at the wake of one keeps nobody else waiting, and its throw is told,', () => {
  test('where a broadcast wakes its receivers', async () => {
    const { host, spawn, refuse } = refusingRuntime();
    const [tx, first] = broadcast<string>(8);
    const second = tx.subscribe();
    const refused = spawn(function* () {
      yield* first.recv();
    });
    const other = spawn(function* () {
      return yield* second.recv();
    });
    await host.settle();
    refuse(refused);
    expect(() => tx.send('to all')).toThrow('not in my queue');
    await host.settle();
    expect(await outcomeOf(other)).toBe('to all');
  });

  test('where a oneshot wakes those who share its receiver', async () => {
    const { host, spawn, refuse } = refusingRuntime();
    const [tx, rx] = oneshot<string>();
    const receive = function* () {
      return yield* rx.recv();
    };
    const [refused, other, third] = [spawn(receive), spawn(receive), spawn(receive)];
    await host.settle();
    refuse(refused);
    expect(() => tx.send('for one')).toThrow('not in my queue');
    await host.settle();
    expect([await outcomeOf(other), third.isFinished()]).toEqual(['for one', true]);
  });
});
