import { type JoinHandle, setPanicHook } from '@heddle/runtime';
import { type WatchReceiver, watch } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { generators, history, pick } from './history.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('under any history of sends, turns and aborts, a watch', () => {
  test('shows every receiver the latest value in the end, never an older one after it, and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('send', 'modify', 'replace', 'watch', 'abort', 'turn'),
        generators,
        async (steps, asGenerators) => {
          const { host, spawn } = byHand();
          const [tx, rx] = watch(0);
          const watchers: {
            readonly mine: WatchReceiver<number>;
            readonly seen: number[];
            /** The first value that it has to be shown. */
            readonly from: number;
            readonly task: JoinHandle<unknown>;
          }[] = [];
          let latest = 0;
          for (const { kind, who } of steps) {
            if (kind === 'send') {
              latest += 1;
              tx.send(latest);
            } else if (kind === 'modify') {
              latest += 1;
              tx.sendModify((n) => n + 1);
            } else if (kind === 'replace') {
              expect(tx.sendReplace(latest + 1)).toBe(latest);
              latest += 1;
              expect(tx.sendIfModified((n) => n)).toBe(false);
            } else if (kind === 'watch') {
              const seen: number[] = [];
              const mine = tx.subscribe();
              const task = asGenerators
                ? spawn(function* () {
                    try {
                      for (;;) {
                        yield* mine.changed();
                        seen.push(mine.borrow());
                      }
                    } finally {
                      mine.close();
                    }
                  })
                : spawn(async () => {
                    try {
                      for await (const value of mine) seen.push(value);
                    } finally {
                      mine.close();
                    }
                  });
              watchers.push({ mine, seen, from: asGenerators ? latest + 1 : latest, task });
            } else if (kind === 'abort') pick(watchers, who)?.task.abort();
            else await host.settle();
            expect([rx.borrow(), tx.borrow()]).toEqual([latest, latest]);
          }
          const alive = watchers.filter(({ task }) => !task.isFinished());
          await host.settle();
          const begun = alive.filter(({ task }) => !task.isFinished());
          for (const { seen, from } of begun) {
            if (from <= latest) expect(seen.at(-1)).toBe(latest);
          }
          tx.close();
          await host.settle();
          for (const { seen, task } of watchers) {
            expect(task.isFinished()).toBe(true);
            expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
          }
          for (const { mine } of watchers) mine.close();
          expect(tx.receiverCount()).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('wakes who waits for a value that comes, and wakes nobody for one that is gone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 30 }), fc.nat(9), (values, wanted) => {
        const { host, spawn } = byHand();
        const [tx, rx] = watch(-1);
        const found = spawn(function* () {
          return yield* rx.waitFor((n) => n === wanted);
        });
        host.runUntilIdle();
        for (const value of values) {
          tx.send(value);
          host.runUntilIdle();
        }
        expect(found.isFinished()).toBe(values.includes(wanted));
      }),
    );
  });
});
