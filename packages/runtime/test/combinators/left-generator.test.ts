import { select, shielded, sleep, timeout, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

function* waitsInCleanup() {
  try {
    yield* sleep(10_000);
  } finally {
    yield* sleep(5);
  }
}

describe('a generator branch that is left while a cleanup inside it waits', () => {
  it.each([
    ['in an operation of branches', () => select({ inner: waitsInCleanup(), never: sleep(20_000) })],
    ['in a shield', () => shielded(waitsInCleanup)],
    ['in a generator', () => waitsInCleanup()],
  ])('%s is gone when that is over, and its task goes on', async (_, inner) => {
    const { host, spawn } = byHand();
    const branch = function* () {
      yield* inner() as ReturnType<typeof waitsInCleanup>;
      return 'unreachable, or over';
    };
    const generator = spawn(function* () {
      const { key } = yield* select({ branch: branch(), first: sleep(1) });
      return `${key} at ${host.now()}`;
    });
    const guest = spawn(async () => {
      const { ok } = await timeout(1, branch());
      return `${ok} at ${host.now()}`;
    });
    await host.advance(6);
    expect([await outcomeOf(generator), await outcomeOf(guest)]).toEqual(['first at 6', 'false at 6']);
    expect(host.pendingTimers).toBe(0);
  });

  it('and then runs on ends at the first operation that begins too late', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const runsOn = function* () {
      try {
        for (let round = 1; ; round += 1) {
          yield* waitsInCleanup();
          lines.push(`round ${round} at ${host.now()}`);
          yield* sleep(600);
        }
      } finally {
        lines.push(`ended at ${host.now()}`);
      }
    };
    const handle = spawn(function* () {
      return (yield* select({ runsOn: runsOn(), first: sleep(1) })).key;
    });
    await host.advance(100_000);
    // JavaScript forgot the `return()`: the round goes on as if it had not lost.
    expect(lines).toEqual(['round 1 at 6', 'ended at 10606']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['first', 0]);
  });

  it('and then swallows every refusal is not waited for any more', async () => {
    const { host, spawn } = byHand();
    let refused = 0;
    const swallows = function* () {
      for (;;) {
        try {
          yield* waitsInCleanup();
          yield* sleep(2000);
        } catch {
          refused += 1;
        }
      }
    };
    const handles = [
      spawn(function* () {
        return (yield* select({ swallows: swallows(), first: sleep(1) })).key;
      }),
      spawn(async () => (await select({ swallows: swallows(), first: sleep(1) })).key),
    ];
    const other = spawn(function* () {
      for (let step = 0; step < 20; step += 1) yield* sleep(1000);
      yield* yieldNow();
      return 'served';
    });
    await host.advance(20_000);
    expect(await Promise.all([...handles, other].map(outcomeOf))).toEqual(['first', 'first', 'served']);
    expect([refused > 0, host.pendingTimers]).toEqual([true, 0]);
  });

  it('has the patience of its task’s abort, when that is aborted', async () => {
    const { host, spawn } = byHand();
    const swallows = function* () {
      for (;;) {
        try {
          yield* waitsInCleanup();
        } catch {}
      }
    };
    const handle = spawn(function* () {
      yield* select({ swallows: swallows(), never: sleep(1e9) });
    });
    await host.settle();
    handle.abort();
    await host.advance(50_000);
    expect(await outcomeOf(handle)).toBe('cancelled and abandoned');
  });
});
