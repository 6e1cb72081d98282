import { main, Runtime, select, sleep, spawn as spawnInside, thread, timeout } from '@heddle/runtime';
import { PENDING, step } from '@heddle/runtime/testing';
import { advance, Instant, sleepUntil } from '@heddle/runtime/time';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';
import { deviates } from '../deviates.js';
import { onPausedClock } from './on-paused-clock.js';

/** What tokio promises of its sleeps, row by row. Over each test stands its source. */
const YEAR_MS = 365 * 86_400_000;

// time_sleep.rs: sub_ms_delayed_sleep
test('sleep/1 a deadline of a fraction of a millisecond is rounded up, never down', async () => {
  const took = await onPausedClock(async () => {
    const start = Instant.now();
    await sleepUntil(start.add(1.000_001));
    return start.elapsed();
  });
  expect(took).toBe(2);
});

// time_sleep.rs: reset_future_sleep_after_fire, reset_after_firing
test('sleep/2 a sleep that has ended can be reset, has the new deadline and waits until then', async () => {
  const lines = await onPausedClock(function* () {
    const start = Instant.now();
    const rest = sleep(10);
    yield* rest;
    const lines = [`${rest.isElapsed()} ${start.elapsed()}`];
    rest.reset(start.add(30));
    lines.push(`${rest.isElapsed()} ${rest.deadline().durationSince(start)}`);
    yield* rest;
    lines.push(`${rest.isElapsed()} ${start.elapsed()}`);
    return lines;
  });
  expect(lines).toEqual(['true 10', 'false 30', 'true 30']);
});

// time_sleep.rs: reset_sleep_to_past
test.each([true, false])(
  'sleep/3 a sleep that is reset to a moment that has passed is ready at the next poll (polled before: %s)',
  async (polled) => {
    const ends = await onPausedClock(function* () {
      const start = Instant.now();
      yield* advance(50);
      const rest = sleep(100);
      const waiting = step(rest);
      if (polled) waiting.poll();
      rest.reset(start);
      return [waiting.isWoken(), waiting.poll() !== PENDING, rest.isElapsed()];
    });
    expect(ends).toEqual([polled, true, true]);
  },
);

// time_sleep.rs: creating_sleep_outside_of_context. Here there is a default runtime, and every runtime has timers.
test('sleep/4 a sleep outside of any task goes by the default runtime', async ({ task }) => {
  deviates(task, 'defaultRuntime');
  const start = Instant.now();
  await sleep(1);
  expect(start.elapsed()).toBeGreaterThanOrEqual(1);
});

// time_sleep.rs: greater_than_max, multi_long_sleeps, long_sleeps
test.each([[[5]], [[1, 1, 1, 1, 1]], [[10]]])(
  'sleep/5 sleeps of %s years end at their moments',
  async (years) => {
    const took = await onPausedClock(async () => {
      const start = Instant.now();
      for (const count of years) await sleep(count * YEAR_MS);
      return start.elapsed();
    });
    expect(took).toBe(years.reduce((sum, count) => sum + count * YEAR_MS, 0));
  },
);

// time_sleep.rs: exactly_max, no_out_of_bounds_close_to_max
test.each([Number.MAX_VALUE, Number.MAX_SAFE_INTEGER])(
  'sleep/6 a sleep of %s ms ends in a far future',
  async (ms) => {
    const took = await onPausedClock(async () => {
      await advance(1);
      const start = Instant.now();
      await sleep(ms);
      const far = start.elapsed();
      await sleep(1);
      return [far, start.elapsed()];
    });
    expect(took).toEqual([30 * YEAR_MS, 30 * YEAR_MS + 1]);
  },
);

// time_sleep.rs: issue_5183
test('sleep/7 a tiny sleep beside a gigantic one ends a biased select', async () => {
  const first = await onPausedClock(() =>
    select({ gigantic: sleep(Number.MAX_VALUE), tiny: sleep(0.000_001) }, { biased: true }),
  );
  expect(first.key).toBe('tiny');
});

// time_alt.rs: sleep, timeout
test('sleep/8 of 512 sleeps and time-outs at once none ends early: in the root, in tasks and on a thread', async () => {
  await main(async () => {
    const start = Instant.now();
    await sleep(10);
    expect(start.elapsed()).toBeGreaterThanOrEqual(10);
    const handles = Array.from({ length: 512 }, (_, at) =>
      spawnInside(async () => {
        const begun = Instant.now();
        if (at % 2 === 0) await sleep(10);
        else await timeout(10, new Promise(() => undefined));
        return begun.elapsed();
      }),
    );
    for (const handle of handles) expect((await handle).unwrap()).toBeGreaterThanOrEqual(10);
  });
  const onThread = thread.spawn(async () => {
    const { sleep, spawn, timeout } = await import('@heddle/runtime');
    const { Instant } = await import('@heddle/runtime/time');
    const handles = Array.from({ length: 512 }, (_, at) =>
      spawn(function* () {
        const begun = Instant.now();
        if (at % 2 === 0) yield* sleep(10);
        else yield* timeout(10, sleep(60_000));
        return begun.elapsed();
      }),
    );
    let least = Number.POSITIVE_INFINITY;
    for (const handle of handles) least = Math.min(least, (await handle).unwrap());
    return least;
  });
  expect((await onThread).unwrap()).toBeGreaterThanOrEqual(10);
});

// time/tests/mod.rs: single_timer, change_waker
test('sleep/9 a timer fires once its moment has passed, and wakes who polled it last', async () => {
  const woken = await onPausedClock(function* () {
    // One sleep that two poll, and neither leaves: that the other polls after the first is all that decides.
    const rest = (function* () {
      yield* sleep(1000);
    })();
    const polls = function* () {
      yield* rest;
    };
    const [first, last] = [step(polls), step(polls)];
    for (const waiting of [first, last]) expect(waiting.poll()).toBe(PENDING);
    yield* advance(999);
    const before = [first.isWoken(), last.isWoken()];
    yield* advance(1);
    const then = [first.isWoken(), last.isWoken(), last.poll() !== PENDING];
    yield* advance(1000);
    return [before, then, first.isWoken(), last.isWoken()];
  });
  expect(woken).toEqual([[false, false], [false, true, true], false, false]);
});

// time/tests/mod.rs: drop_timer
test('sleep/10 a sleep that is left before its moment leaves no timer behind', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(function* () {
    const waiting = step(sleep(1000));
    waiting.poll();
    const pending = host.pendingTimers;
    waiting.drop();
    return [pending, host.pendingTimers, waiting];
  });
  await host.settle();
  const [before, after, waiting] = (await handle).unwrap() as [number, number, { isWoken(): boolean }];
  await host.advance(2000);
  expect([before, after, waiting.isWoken()]).toEqual([1, 0, false]);
});

// time/tests/mod.rs: reset_future
test('sleep/11 a timer that was moved on does not fire at its old moment', async () => {
  const ready = await onPausedClock(function* () {
    const start = Instant.now();
    const rest = sleep(1000);
    const waiting = step(rest);
    waiting.poll();
    rest.reset(start.add(2000));
    yield* advance(1500);
    const between = waiting.isWoken();
    yield* advance(1000);
    return [between, waiting.isWoken(), waiting.poll() !== PENDING];
  });
  expect(ready).toEqual([false, true, true]);
});

// time/tests/mod.rs: poll_process_levels
test('sleep/12 of 1024 timers a millisecond apart, those are ready at each moment that are due', async () => {
  const wrong = await onPausedClock(function* () {
    const timers = Array.from({ length: 1024 }, (_, ms) => step(sleep(ms)));
    for (const timer of timers) timer.poll();
    let wrong = 0;
    for (let nowMs = 0; nowMs < 1024; nowMs += 1) {
      for (const [ms, timer] of timers.entries()) {
        if (nowMs > 0 && timer.isWoken() !== ms <= nowMs) wrong += 1;
      }
      yield* advance(1);
    }
    return wrong;
  });
  expect(wrong).toBe(0);
});

// time/tests/mod.rs: instant_to_tick_max
test('sleep/13 a moment that cannot be counted is the last one that can', async () => {
  const runtime = new Runtime({ startPaused: true });
  const last = await runtime.spawn(() => Instant.now().add(Number.MAX_VALUE));
  const lastMs = last.unwrap().valueOf();
  expect(lastMs).toBe(Number.MAX_SAFE_INTEGER);
  const reached = await runtime.spawn(async () => {
    await sleepUntil(last.unwrap().add(1));
    return Instant.now().valueOf();
  });
  expect(reached.unwrap()).toBe(lastMs);
  await runtime.shutdown();
});
