import { type Policy, type PolicyName, type Ready, Runtime, sleep, task, yieldNow } from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifo } from '../../../examples/src/who-decides/lifo.js';
import { byHand, outcomeOf } from '../by-hand.js';
import { deadline } from './own-policies/deadline.js';

/** A host whose clock goes on by what tasks say that their work takes. */
class WorkHost extends ManualHost {
  workedMs = 0;

  override now(): number {
    return super.now() + this.workedMs;
  }
}

/** Four tasks of three steps each: `a` urgent, `b` with many tickets, `c` that works for long, `d` due soon. */
function transcript(policy: PolicyName | Policy): string {
  const host = new WorkHost();
  const runtime = new Runtime({ policy, host, seed: 1, turnBudgetMs: 1_000 });
  const line: string[] = [];
  runtime.spawn(function* () {
    const workMs = { a: 1, b: 1, c: 10, d: 1 };
    const options = { a: { priority: 2 }, b: { tickets: 20 }, c: {}, d: { deadlineMs: 5 } };
    for (const name of ['d', 'c', 'b', 'a'] as const) {
      task.builder(options[name]).spawn(function* () {
        for (let step = 1; step <= 3; step += 1) {
          host.workedMs += workMs[name];
          line.push(`${name}${step}`);
          yield* yieldNow();
        }
      });
    }
  });
  host.runUntilIdle();
  expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, queueDepth: 0 });
  return line.join(' ');
}

describe('a policy changes who is next', () => {
  it.each([
    ['fifo', 'fifo', 'd1 c1 b1 a1 d2 c2 b2 a2 d3 c3 b3 a3'],
    ['priority', 'priority', 'a1 a2 a3 d1 c1 b1 d2 c2 b2 d3 c3 b3'],
    ['fair', 'fair', 'd1 c1 b1 a1 d2 b2 a2 d3 b3 a3 c2 c3'],
    ['lifo, of the documentation', lifo(), 'a1 a2 a3 b1 b2 b3 c1 c2 c3 d1 d2 d3'],
    ['deadline, of the documentation', deadline(), 'd1 d2 d3 c1 b1 a1 c2 b2 a2 c3 b3 a3'],
  ] as const)('%s', (_, policy, expected) => {
    expect(transcript(policy)).toBe(expected);
  });

  it('lottery, by its seed and its tickets', () => {
    const drawn = transcript('lottery');
    expect(transcript('lottery')).toBe(drawn);
    expect(drawn).not.toBe(transcript('fifo'));
    // With twenty tickets of twenty-three `b` is through before any other is.
    expect(drawn.indexOf('b3')).toBeLessThan(
      Math.min(...['a3', 'c3', 'd3'].map((step) => drawn.indexOf(step))),
    );
  });
});

/** A policy over a list that notes what it is asked, and reads what a test wants. */
function noting(calls: string[], reads: Policy['reads'], look: (ready: Ready) => string): Policy {
  const ready: Ready[] = [];
  return {
    lifoSlot: false,
    ...(reads === undefined ? {} : { reads }),
    get size() {
      return ready.length;
    },
    push(task) {
      calls.push(`push ${look(task)}`);
      ready.push(task);
    },
    pop: () => ready.shift(),
    remove(task) {
      calls.push('remove');
      return ready.splice(ready.indexOf(task) >>> 0, 1).length === 1;
    },
  };
}

describe('a policy that reads', () => {
  it('usedMs is told what a task has used by the time that it gives way', async () => {
    const calls: string[] = [];
    const host = new WorkHost();
    const runtime = new Runtime({ host, policy: noting(calls, ['usedMs'], ({ usedMs }) => `${usedMs}`) });
    runtime.spawn(function* () {
      host.workedMs += 3;
      yield* yieldNow();
      host.workedMs += 4;
      yield* sleep(1);
      host.workedMs += 5;
    });
    await host.advance(10);
    expect(calls).toEqual(['push 0', 'push 3', 'push 7']);
  });

  it('readySinceMs is told when it became ready, and not when it was spawned', async () => {
    const calls: string[] = [];
    const host = new ManualHost();
    const policy = noting(calls, ['readySinceMs'], ({ readySinceMs }) => `${readySinceMs}`);
    const runtime = new Runtime({ host, policy });
    await host.advance(2);
    runtime.spawn(function* () {
      yield* sleep(5);
    });
    await host.advance(10);
    expect(calls).toEqual(['push 2', 'push 7']);
  });

  it('a number without saying so is told how to say it', () => {
    const { spawn } = byHand({ policy: noting([], undefined, ({ usedMs }) => `${usedMs}`) });
    expect(() => spawn(() => 1)).toThrow("add reads: ['usedMs']");
  });
});

describe('a policy is asked for nothing that it need not do', () => {
  it('a task that is aborted before it began is removed, and settles though others are before it', async () => {
    const calls: string[] = [];
    const { host, runtime, spawn } = byHand({ policy: noting(calls, undefined, ({ id }) => `${id > 0}`) });
    const before = spawn(() => 'before');
    const aborted = spawn(() => 'unreachable');
    aborted.abort();
    expect([calls, runtime.metrics().queueDepth]).toEqual([['push true', 'push true', 'remove'], 1]);
    await host.settle();
    expect([await outcomeOf(before), await outcomeOf(aborted)]).toEqual(['before', 'cancelled']);
  });

  it('a shutdown lists its tasks without taking them out', async () => {
    const calls: string[] = [];
    const { host, runtime, spawn } = byHand({ policy: noting(calls, undefined, () => '') });
    const handles = [1, 2, 3].map(() => spawn(() => 'unreachable'));
    const ended = runtime.shutdown();
    expect(calls).toEqual(['push ', 'push ', 'push ', 'remove', 'remove', 'remove']);
    await host.settle();
    await ended;
    for (const handle of handles) expect(await outcomeOf(handle)).toBe('cancelled');
  });
});

describe('under any policy', () => {
  const policies = ['fifo', 'priority', 'fair', 'lottery', lifo, deadline] as const;

  it('every task settles, whatever yields, sleeps and is aborted when', async () => {
    const life = fc.record({
      yields: fc.nat(4),
      sleepMs: fc.nat(3),
      async: fc.boolean(),
      priority: fc.integer({ min: -2, max: 2 }),
      tickets: fc.integer({ min: 1, max: 4 }),
      deadlineMs: fc.nat(5),
      abortAtMs: fc.option(fc.nat(4), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...policies),
        fc.array(life, { maxLength: 12 }),
        async (policy, lives) => {
          const made = typeof policy === 'string' ? policy : policy();
          const { host, runtime, spawn } = byHand({ policy: made });
          let left = 0;
          const begun = spawn(() => ({
            handles: lives.map(({ yields, sleepMs, async, abortAtMs, ...options }) => {
              const handle = task.builder(options).spawn(
                async
                  ? async () => {
                      for (let step = 0; step < yields; step += 1) await yieldNow();
                      await sleep(sleepMs);
                    }
                  : function* () {
                      for (let step = 0; step < yields; step += 1) yield* yieldNow();
                      yield* sleep(sleepMs);
                    },
              );
              if (abortAtMs === 0) handle.abort();
              return { handle, abortAtMs };
            }),
          }));
          host.turn();
          const { handles } = (await begun).unwrap();
          for (let ms = 1; ms <= 10; ms += 1) {
            await host.advance(1);
            for (const { handle, abortAtMs } of handles) if (abortAtMs === ms) handle.abort();
          }
          for (const { handle, abortAtMs } of handles) {
            if (!handle.isFinished()) left += 1;
            const { ok } = await handle;
            if (abortAtMs === undefined) expect(ok).toBe(true);
            if (abortAtMs === 0) expect(ok).toBe(false);
          }
          expect([left, host.pendingTimers]).toEqual([0, 0]);
          expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, queueDepth: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });
});
