import { type JoinHandle, type Scope, scope, sleep, thread } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const payloads = () => silencePanics.reported.map(({ payload }) => payload);

describe('scope', () => {
  it('refuses a child once it has ended, and does not let it begin', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    let kept: Scope | undefined;
    const ended = spawn(function* () {
      yield* scope((s) => {
        kept = s;
      });
    });
    await host.settle();
    await ended;
    expect(() => kept?.spawnOn(spawn, () => lines.push('began'))).toThrow('takes no more children');
    await host.settle();
    expect(lines).toEqual([]);
  });

  it('does not report the panic of a child again when a task lets it through', async () => {
    const { host, spawn } = byHand();
    const boom = new Error('boom');
    const handle: JoinHandle<void> = spawn(async () => {
      await scope(async (s) => {
        s.spawn(() => Promise.reject(boom));
      });
    });
    await host.settle();
    expect([await outcomeOf(handle), payloads()]).toEqual(['panic boom', [boom]]);
  });

  it('has a thread as a child: it is aborted and awaited as a task is', async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const ended = (async () =>
      await scope(function* (s) {
        const adds = yield* s.spawnOn(thread.spawn, (n) => n + 1, 41);
        s.spawnOn(
          thread.spawn,
          async (flag) => {
            Atomics.store(flag, 0, 1);
            await new Promise((resolve) => setTimeout(resolve, 3_600_000));
          },
          flag,
        );
        while (Atomics.load(flag, 0) === 0) yield* sleep(1);
        throw new Error(`the sum is ${adds.unwrap()}`);
      }))();
    await expect(ended).rejects.toThrow('the sum is 42');
    expect(thread.metrics().threadsAlive).toBe(0);
  });
});
