import { type AbortHandle, JoinMap, JoinSet, type Result, sleep } from '@heddle/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** One step of a random history of a group. Numbers choose a task or a key among those there are. */
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('spawn' as const), ms: fc.nat(5), key: fc.nat(4) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('panics' as const), ms: fc.nat(5), key: fc.nat(4) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('abort' as const), at: fc.nat(20) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('tryJoin' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('join' as const), turns: fc.nat(5), key: fc.nat(4) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('abortAll' as const) }) },
  ),
  { maxLength: 40 },
);

/** How a task ended, beside its own number where it has a value. */
function endOf(result: Result<number, { readonly kind: string }>): string | number {
  return result.ok ? result.value : result.error.kind;
}

/** A body of a task that gives its number after some milliseconds, or panics, and takes one more to clean up. */
function* body(number: number, ms: number, panics: boolean) {
  let ended = false;
  try {
    if (ms > 0) yield* sleep(ms);
    ended = true;
  } finally {
    if (!ended && ms % 2 === 1) yield* sleep(1);
  }
  if (panics) throw new Error('on purpose');
  return number;
}

describe('under random spawns, aborts and joins', () => {
  it('a JoinSet joins every task exactly once, with its own outcome', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const { host, spawn } = byHand({ eventInterval: 1 });
        const set = new JoinSet<number>();
        const spawned = new Map<
          number,
          { readonly abort: AbortHandle; readonly number: number; aborted: boolean; panics: boolean }
        >();
        const joined = new Map<number, string | number>();
        const take = (next: readonly [number, Result<number, { readonly kind: string }>] | undefined) => {
          if (next === undefined) return;
          expect(joined.has(next[0])).toBe(false);
          joined.set(next[0], endOf(next[1]));
        };
        const add = (ms: number, panics: boolean) => {
          const number = spawned.size;
          const abort = set.spawnOn(spawn, body, number, ms, panics);
          spawned.set(abort.id, { abort, number, aborted: false, panics });
        };
        for (const step of history) {
          switch (step.kind) {
            case 'spawn':
            case 'panics':
              add(step.ms, step.kind === 'panics');
              break;
            case 'abort': {
              const chosen = [...spawned.values()][step.at % Math.max(spawned.size, 1)];
              if (chosen === undefined) break;
              chosen.abort.abort();
              chosen.aborted = true;
              break;
            }
            case 'advance':
              await host.advance(step.ms);
              break;
            case 'tryJoin':
              take(set.tryJoinNextWithId());
              break;
            case 'join': {
              // It is left after some polls, one of which may have ended a task that it was about to take.
              const joining = spawn(function* () {
                return yield* set.joinNextWithId();
              });
              add(0, false);
              for (let turn = 0; turn < step.turns; turn += 1) host.turn();
              joining.abort();
              await host.settle();
              const result = await joining;
              if (result.ok) take(result.value);
              break;
            }
            case 'abortAll':
              set.abortAll();
              for (const task of spawned.values()) task.aborted = true;
          }
          expect(set.len()).toBe(spawned.size - joined.size);
        }
        await host.runToEnd();
        for (let next = set.tryJoinNextWithId(); next !== undefined; next = set.tryJoinNextWithId())
          take(next);
        expect([set.len(), joined.size, host.pendingTimers]).toEqual([0, spawned.size, 0]);
        for (const [id, { number, aborted, panics }] of spawned) {
          const own = panics ? 'panic' : number;
          expect(aborted ? [own, 'cancelled'] : [own]).toContain(joined.get(id));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a JoinMap joins the last task of every key exactly once, and those before it never', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const { host, spawn } = byHand({ eventInterval: 1 });
        const map = new JoinMap<number, number>();
        /** By key, the number of the task that is to be joined next. */
        const expected = new Map<
          number,
          { readonly number: number; readonly panics: boolean; aborted: boolean }
        >();
        let count = 0;
        const take = (next: readonly [number, Result<number, { readonly kind: string }>] | undefined) => {
          if (next === undefined) return;
          const [key, result] = next;
          const task = expected.get(key);
          expected.delete(key);
          const own = task?.panics === true ? 'panic' : task?.number;
          expect(task?.aborted === true ? [own, 'cancelled'] : [own]).toContain(endOf(result));
        };
        const add = (key: number, ms: number, panics: boolean) => {
          map.spawnOn(key, spawn, body, count, ms, panics);
          expected.set(key, { number: count, panics, aborted: false });
          count += 1;
        };
        for (const step of history) {
          switch (step.kind) {
            case 'spawn':
            case 'panics':
              add(step.key, step.ms, step.kind === 'panics');
              break;
            case 'abort': {
              const task = expected.get(step.at % 5);
              expect(map.abort(step.at % 5)).toBe(task !== undefined);
              if (task !== undefined) task.aborted = true;
              break;
            }
            case 'advance':
              await host.advance(step.ms);
              break;
            case 'tryJoin':
              take(map.tryJoinNext());
              break;
            case 'join': {
              // It is left after some polls, one of which may have ended a task that it was about to take.
              const joining = spawn(function* () {
                return yield* map.joinNext();
              });
              add(step.key, 0, false);
              for (let turn = 0; turn < step.turns; turn += 1) host.turn();
              joining.abort();
              await host.settle();
              const result = await joining;
              if (result.ok) take(result.value);
              break;
            }
            case 'abortAll':
              map.abortAll();
              for (const task of expected.values()) task.aborted = true;
          }
          expect([map.len(), [...map.keys()].sort()]).toEqual([expected.size, [...expected.keys()].sort()]);
        }
        await host.runToEnd();
        for (let next = map.tryJoinNext(); next !== undefined; next = map.tryJoinNext()) take(next);
        expect([map.len(), expected.size, host.pendingTimers]).toEqual([0, 0, 0]);
        expect(await map.joinNext()).toBe(undefined);
      }),
      { numRuns: 200 },
    );
  });
});
