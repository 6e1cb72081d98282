import { type JoinHandle, yieldNow } from '@heddle/runtime';
import { Barrier, Notify, OnceCell } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, silencePanics } from '../by-hand.js';
import { generators, history, pick } from './history.js';

beforeAll(silencePanics.begin);
afterAll(silencePanics.end);

describe('under any history of callers, failures, aborts and turns, a cell', () => {
  test('has its value made by one at a time and once, and leaves nobody waiting', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('make', 'make', 'throw', 'set', 'go on', 'abort', 'turn'),
        generators,
        async (steps, asGenerators) => {
          const { host, spawn } = byHand();
          const cell = new OnceCell<number>();
          const goOn = new Notify();
          const tasks: JoinHandle<number>[] = [];
          let making = 0;
          let made = 0;
          let most = 0;
          let begunTooLate = 0;
          const maker = (value: number, fails: boolean) =>
            function* () {
              making += 1;
              most = Math.max(most, making);
              begunTooLate += made;
              try {
                yield* goOn.notified();
                if (fails) throw new Error('no luck');
                made += 1;
                return value;
              } finally {
                yield* yieldNow();
                making -= 1;
              }
            };
          for (const { kind, who, count } of steps) {
            if (kind === 'make' || kind === 'throw') {
              const init = maker(count, kind === 'throw');
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      return yield* cell.getOrInit(init);
                    })
                  : spawn(() => cell.getOrInit(init)),
              );
            } else if (kind === 'set') {
              const set = cell.set(count);
              if (set.ok) expect([making, made]).toEqual([0, 0]);
              if (set.ok) made += 1;
            } else if (kind === 'go on') goOn.notifyOne();
            else if (kind === 'abort') pick(tasks, who)?.abort();
            else await host.settle();
          }
          for (let n = 0; n <= tasks.length; n += 1) {
            await host.settle();
            goOn.notifyOne();
          }
          await host.settle();
          expect(tasks.every((task) => task.isFinished())).toBe(true);
          for (const task of tasks) {
            const result = await task;
            if (result.ok) expect(result.value).toBe(cell.get());
          }
          expect(most).toBeLessThanOrEqual(1);
          expect({ making, begunTooLate, made }).toEqual({
            making: 0,
            begunTooLate: 0,
            made: cell.initialized() ? 1 : 0,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('under any history of arrivals, aborts and turns, a barrier', () => {
  test('lets as many go on as make a round, with one leader for each', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('wait', 'wait', 'abort', 'turn'),
        fc.integer({ min: 1, max: 4 }),
        generators,
        async (steps, parties, asGenerators) => {
          const { host, spawn } = byHand();
          const barrier = new Barrier(parties);
          const tasks: JoinHandle<boolean>[] = [];
          for (const { kind, who } of steps) {
            if (kind === 'wait') {
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      return (yield* barrier.wait()).isLeader();
                    })
                  : spawn(async () => (await barrier.wait()).isLeader()),
              );
            } else if (kind === 'abort') {
              await host.settle();
              pick(tasks, who)?.abort();
            } else await host.settle();
          }
          await host.settle();
          const ended = await Promise.all(tasks.filter((task) => task.isFinished()));
          const through = ended.flatMap((result) => (result.ok ? [result.value] : []));
          expect(through.filter((leads) => leads).length).toBe(through.length / parties);
          expect(tasks.length - ended.length).toBeLessThan(parties);
        },
      ),
      { numRuns: 300 },
    );
  });
});
