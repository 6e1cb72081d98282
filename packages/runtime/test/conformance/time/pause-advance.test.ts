import { Runtime, sleep, spawn as spawnByDefault, thread } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { advance, Instant, interval, pause, resume } from '@heddle/runtime/time';
import { expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';
import { onPausedClock } from './on-paused-clock.js';

/** What tokio promises of a clock that is stopped, row by row. Over each test stands its source. */

// rt_time_start_paused.rs: test_start_paused
test('pause-advance/1 with startPaused the clock stands still while real time goes by', async () => {
  const runtime = new Runtime({ startPaused: true });
  const handle = runtime.spawn(() => {
    const word = new Int32Array(new SharedArrayBuffer(4));
    const start = Instant.now();
    for (let round = 0; round < 5; round += 1) {
      Atomics.wait(word, 0, 0, 1);
      if (Instant.now().compare(start) !== 0) return 'it moved';
    }
    return 'it stood';
  });
  expect((await handle).unwrap()).toBe('it stood');
  await runtime.shutdown();
});

// time_pause.rs: pause_time_in_main_threads, pause_time_in_spawn_threads. Here every runtime has one thread, and its
// clock may be stopped there.
test('pause-advance/2 a pause that throws is a panic of its task, and a thread stops a clock of its own alone', async ({
  task,
}) => {
  deviates(task, 'oneIsolate');
  silencePanics.begin();
  const { host, spawn } = byHand({ startPaused: true });
  const handle = spawn(() => pause());
  host.runUntilIdle();
  expect(await outcomeOf(handle)).toBe('panic pause: time is already frozen');
  silencePanics.end();
  const onThread = thread.spawn(async () => {
    const { pause } = await import('@heddle/runtime/time');
    pause();
    return 'stopped';
  });
  expect((await onThread).unwrap()).toBe('stopped');
  expect(resume).toThrow('resume: time is not frozen');
});

// time_pause.rs: paused_time_is_deterministic
test('pause-advance/3 ten thousand sleeps drawn from a seed give the same moments in two runs', async () => {
  const run = async (): Promise<string> => {
    const runtime = new Runtime({ startPaused: true });
    const handle = runtime.spawn(function* () {
      let seed = 42;
      let moments = '';
      const start = Instant.now();
      for (let round = 0; round < 10_000; round += 1) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        yield* sleep((seed >>> 8) % 1000);
        moments += `${start.elapsed()} `;
      }
      return moments;
    });
    const moments = (await handle).unwrap();
    await runtime.shutdown();
    return moments;
  };
  expect(await run()).toBe(await run());
});

// time_pause.rs: advance_after_poll, sleep_no_poll, sleep_same_task, sleep_same_task_no_poll
test.each([
  [true, 'in its own task'],
  [false, 'in its own task'],
  [true, 'in another task'],
  [false, 'in another task'],
] as const)(
  'pause-advance/4 advance moves the clock by so much, and a sleep that is due later waits (polled before: %s, %s)',
  async (polled, where) => {
    const ends = await onPausedClock(function* () {
      const start = Instant.now();
      const long = step(sleep(300));
      if (polled) long.poll();
      if (where === 'in its own task') yield* advance(100);
      else (yield* spawnByDefault(() => advance(100))).unwrap();
      return [start.elapsed(), long.poll() === PENDING, long.isWoken()];
    });
    expect(ends).toEqual([100, true, false]);
  },
);

// time_pause.rs: interval
test('pause-advance/5 an interval that was passed over twice has two ticks at once', async () => {
  const lines = await onPausedClock(function* () {
    const start = Instant.now();
    const every = interval(300);
    const lines: string[] = [];
    const tick = () => {
      const asked = step(every.tick());
      const given = asked.poll();
      // Whoever waits on is served before who asks later.
      if (given === PENDING) asked.drop();
      lines.push(given === PENDING ? 'pending' : `${given.durationSince(start)}`);
    };
    tick();
    tick();
    for (const ms of [100, 200, 400]) {
      yield* advance(ms);
      tick();
    }
    tick();
    yield* advance(500);
    tick();
    tick();
    tick();
    return lines;
  });
  expect(lines).toEqual(['0', 'pending', 'pending', '300', '600', 'pending', '900', '1200', 'pending']);
});

// time_pause.rs: test_time_advance_sub_ms, test_time_advance_3ms_and_change, exact_1ms_advance
test.each([51.592, 0.001, 3141.592, 1])('pause-advance/6 advance(%s) is exact', async (ms) => {
  const elapsed = await onPausedClock(async () => {
    const start = Instant.now();
    await advance(ms);
    return start.elapsed();
  });
  expect(elapsed).toBe(ms);
});

// time_pause.rs: regression_3710_with_submillis_advance
test('pause-advance/7 a fraction of a millisecond is exact beside a timer of a minute, which goes on waiting', async () => {
  const ends = await onPausedClock(function* () {
    yield* advance(1);
    const start = Instant.now();
    const minute = step(sleep(60_000));
    minute.poll();
    yield* advance(0.000_1);
    return [start.elapsed(), minute.poll() === PENDING];
  });
  expect(ends).toEqual([0.000_1, true]);
});

// time_pause.rs: advance_once_with_timer, advance_multi_with_timer
test.each([[[0.25, 0.25, 0.25, 0.25]], [[0.25, 0.25, 1.25]]])(
  'pause-advance/8 a timer of 1 ms is ready after %s ms and not before',
  async (steps) => {
    const ready = await onPausedClock(function* () {
      const timer = step(sleep(1));
      timer.poll();
      const ready: boolean[] = [];
      for (const ms of steps) {
        yield* advance(ms);
        ready.push(timer.isWoken() && timer.poll() !== PENDING);
      }
      return ready;
    });
    expect(ready).toEqual(steps.map((_ms, at) => at === steps.length - 1));
  },
);

// test_clock.rs: resume_lets_time_move_forward_instead_of_resetting_it, can_pause_after_resume
test('pause-advance/9 the clock goes on from where it was advanced to, and may be stopped again', async () => {
  const { host, spawn } = byHand();
  const lines: number[] = [];
  const [more, ask] = mpsc.channel<number>(1);
  spawn(function* () {
    const start = Instant.now();
    for (let round = 0; round < 2; round += 1) {
      pause();
      yield* advance(10_000);
      lines.push(start.elapsed());
      resume();
      lines.push(start.elapsed());
      yield* ask.recv();
      lines.push(start.elapsed());
    }
  });
  host.runUntilIdle();
  await host.advance(5);
  spawn(() => more.send(1));
  await host.advance(5);
  spawn(() => more.send(2));
  await host.settle();
  expect(lines).toEqual([10_000, 10_000, 10_005, 20_005, 20_005, 20_010]);
});

// test_clock.rs: freezing_time_while_frozen_panics, advancing_time_when_time_is_not_frozen_panics, resuming_time_when_not_frozen_panics
test('pause-advance/10 pause throws while the clock stands, advance and resume while it goes', async () => {
  expect(() => advance(1)).toThrow(new Error('advance: time is not frozen'));
  expect(resume).toThrow(new Error('resume: time is not frozen'));
  const thrown = await onPausedClock(() => {
    expect(pause).toThrow(new Error('pause: time is already frozen'));
    resume();
    expect(resume).toThrow(new Error('resume: time is not frozen'));
    return 'checked';
  });
  expect(thrown).toBe('checked');
});
