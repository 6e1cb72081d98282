import { mapConcurrent, sleep } from '@heddle/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand } from '../by-hand.js';

const plans = fc.record({
  /** How long the task of each item takes, and how long the consumer takes with each value. */
  tasksMs: fc.array(fc.nat(9), { maxLength: 30 }),
  worksMs: fc.nat(4),
  concurrency: fc.integer({ min: 1, max: 6 }),
  ordered: fc.boolean(),
  consumer: fc.constantFrom('generator' as const, 'async' as const),
  source: fc.constantFrom('sync' as const, 'async' as const),
});

type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

/** Walks as planned, counts what is under way at each step, and gives what the walk saw. */
function walk(plan: Plan, until = Number.POSITIVE_INFINITY) {
  const { host, spawn } = byHand();
  const seen = { values: [] as number[], taken: 0, running: 0, mostRunning: 0, tooEarly: 0, closed: false };
  const { tasksMs, concurrency, ordered, worksMs } = plan;
  function take(at: number): number {
    seen.taken += 1;
    if (seen.taken > seen.values.length + concurrency) seen.tooEarly += 1;
    return at;
  }
  function* sync() {
    try {
      for (let at = 0; at < tasksMs.length; at += 1) yield take(at);
    } finally {
      seen.closed = true;
    }
  }
  async function* async() {
    try {
      for (let at = 0; at < tasksMs.length; at += 1) {
        await Promise.resolve();
        yield take(at);
      }
    } finally {
      seen.closed = true;
    }
  }
  function* work(at: number) {
    seen.running += 1;
    seen.mostRunning = Math.max(seen.mostRunning, seen.running);
    try {
      yield* sleep(tasksMs[at] ?? 0);
    } finally {
      seen.running -= 1;
    }
    return at;
  }
  const results = mapConcurrent(plan.source === 'sync' ? sync() : async(), work, { concurrency, ordered });
  const handle = spawn(
    plan.consumer === 'async'
      ? async () => {
          for await (const value of results) {
            seen.values.push(value);
            if (seen.values.length >= until) break;
            if (worksMs > 0) await sleep(worksMs);
          }
        }
      : function* () {
          try {
            for (let step = yield* results.next(); step.done !== true; step = yield* results.next()) {
              seen.values.push(step.value);
              if (seen.values.length >= until) break;
              if (worksMs > 0) yield* sleep(worksMs);
            }
          } finally {
            yield* results.return();
          }
        },
  );
  return { host, handle, seen };
}

describe('mapConcurrent, whatever takes how long', () => {
  it('gives what map gives, has at most so many tasks at a time, and takes no item too early', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { host, handle, seen } = walk(plan);
        await host.runToEnd();
        const all = plan.tasksMs.map((_, at) => at);
        expect((await handle).ok).toBe(true);
        expect(plan.ordered ? seen.values : [...seen.values].sort((a, b) => a - b)).toEqual(all);
        expect(seen.mostRunning).toBeLessThanOrEqual(plan.concurrency);
        expect([seen.tooEarly, seen.running, host.pendingTimers]).toEqual([0, 0, 0]);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves nothing running, and the source closed, when the walk is left or its task aborted', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 10 }), fc.nat(30), async (plan, until, abortMs) => {
        const { host, handle, seen } = walk(plan, until);
        await host.advance(abortMs);
        handle.abort();
        await host.settle();
        const began = seen.taken > 0;
        expect([handle.isFinished(), seen.running, seen.closed, host.pendingTimers]).toEqual([
          true,
          0,
          seen.closed || began,
          0,
        ]);
      }),
      { numRuns: 150 },
    );
  });
});
