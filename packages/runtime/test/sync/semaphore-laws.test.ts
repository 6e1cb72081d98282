import { type JoinHandle, yieldNow } from '@heddle/runtime';
import { Semaphore, type SemaphorePermit } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { expectAPrefix, generators, history, pick, takeOne } from './history.js';

describe('under any history of acquires, releases, aborts and turns, a semaphore', () => {
  test('loses no permit and makes none', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('acquire', 'release', 'abort', 'turn', 'tryAcquire', 'add', 'forget'),
        fc.nat(4),
        generators,
        async (steps, permits, asGenerators) => {
          const { host, spawn } = byHand();
          const semaphore = new Semaphore(permits);
          const tasks: JoinHandle<unknown>[] = [];
          const held: SemaphorePermit[] = [];
          let total = permits;
          for (const { kind, who, count } of steps) {
            if (kind === 'acquire') {
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      held.push(yield* semaphore.acquireMany(count));
                    })
                  : spawn(async () => {
                      held.push(await semaphore.acquireMany(count));
                    }),
              );
            } else if (kind === 'tryAcquire') {
              const got = semaphore.tryAcquireMany(count);
              if (got.ok) held.push(got.value);
            } else if (kind === 'release') {
              for (const permit of held.splice(who % (held.length + 1), 1)) permit.release();
            } else if (kind === 'add') {
              total += count;
              semaphore.addPermits(count);
            } else if (kind === 'forget') total -= semaphore.forgetPermits(count);
            else if (kind === 'abort') pick(tasks, who)?.abort();
            else await host.settle();
          }
          for (const task of tasks) task.abort();
          await host.settle();
          const inHand = held.reduce((sum, permit) => sum + permit.numPermits(), 0);
          expect(semaphore.availablePermits() + inHand).toBe(total);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('serves those who wait in the order in which they came', () => {
    fc.assert(
      fc.property(history('acquire', 'abort', 'add'), (steps) => {
        const { host, spawn } = byHand();
        const semaphore = new Semaphore(0);
        const acquires: JoinHandle<unknown>[] = [];
        for (const { kind, who, count } of steps) {
          if (kind === 'acquire') {
            acquires.push(
              spawn(function* () {
                yield* semaphore.acquireMany(count);
              }),
            );
          } else if (kind === 'add') semaphore.addPermits(count);
          else takeOne(acquires, who)?.abort();
          host.runUntilIdle();
          expectAPrefix(acquires);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('never lets more in than it has permits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ turns: fc.nat(3), count: fc.integer({ min: 1, max: 4 }) }), { maxLength: 30 }),
        (permits, works) => {
          const { host, spawn } = byHand();
          const semaphore = new Semaphore(permits);
          let inside = 0;
          for (const { turns, count } of works) {
            const needed = Math.min(count, permits);
            spawn(function* () {
              const permit = yield* semaphore.acquireMany(needed);
              inside += needed;
              expect(inside).toBeLessThanOrEqual(permits);
              for (let turn = 0; turn < turns; turn += 1) yield* yieldNow();
              inside -= needed;
              permit.release();
            });
          }
          host.runUntilIdle();
          expect([inside, semaphore.availablePermits()]).toEqual([0, permits]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
