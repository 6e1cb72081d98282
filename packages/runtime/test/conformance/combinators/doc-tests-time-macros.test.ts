import {
  Err,
  type JoinError,
  type JoinHandle,
  Ok,
  type Result,
  select,
  sleep,
  spawn as spawnInside,
  timeout,
  tryJoin,
  when,
  yieldNow,
} from '@heddle/runtime';
import { mpsc, oneshot } from '@heddle/runtime/sync';
import { Instant, interval, intervalAt, sleepUntil, timeoutAt } from '@heddle/runtime/time';
import { expect, test } from 'vitest';
import { onPausedClock } from '../time/on-paused-clock.js';

/** What the examples in tokio's documentation of its macros and of its time show, row by row. */

// doc@try_join:56, doc@try_join:124
test.each([
  ['tryJoin', tryJoin],
  ['tryJoin.biased', tryJoin.biased],
] as const)('doc-tests-time-macros/1 %s gives all values, or the first error', async (_name, joined) => {
  expect(
    await joined(
      async () => Ok(1),
      async () => Ok('two'),
    ),
  ).toEqual(Ok([1, 'two']));
  expect(
    await joined(
      async () => Ok(1),
      async () => Err('not two'),
    ),
  ).toEqual(Err('not two'));
});

// doc@try_join:86
test('doc-tests-time-macros/2 tryJoin stops at an error inside the result of a handle, once that is flattened', async () => {
  const flatten = async <T, E>(handle: JoinHandle<Result<T, E>>): Promise<Result<T, E | JoinError>> => {
    const result = await handle;
    return result.ok ? result.value : Err(result.error);
  };
  const both = (second: Result<number, string>) =>
    tryJoin(flatten(spawnInside(async () => Ok(1))), flatten(spawnInside(async () => second)));
  expect(await both(Ok(2))).toEqual(Ok([1, 2]));
  expect(await both(Err('failed'))).toEqual(Err('failed'));
});

// doc@select:157, doc@select:181
test('doc-tests-time-macros/3 the branch that ends first wins, and of two that are ready it is one of them', async () => {
  const first = await onPausedClock(() => select({ slow: sleep(1000), quick: sleep(1) }));
  expect(first.key).toBe('quick');
  const { value } = await select({ a: channelOf(1, 2, 3).recv(), b: channelOf(4, 5, 6).recv() });
  expect([1, 4]).toContain(value);
});

// doc@select:202
test('doc-tests-time-macros/4 a loop until else collects all values of two channels', async () => {
  const [a, b] = [channelOf(1, 2, 3), channelOf(4, 5, 6)];
  const isMessage = (value: number | undefined): value is number => value !== undefined;
  const values: number[] = [];
  for (;;) {
    const next = await select(
      { a: when(true, () => a.recv(), isMessage), b: when(true, () => b.recv(), isMessage) },
      { else: () => undefined },
    );
    if (next.value === undefined) break;
    values.push(next.value);
  }
  expect(values.sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

// doc@select:264
test('doc-tests-time-macros/5 preconditions collect two oneshots, each once', async () => {
  const [first, fromFirst] = oneshot<string>();
  const [second, fromSecond] = oneshot<string>();
  spawnInside(() => first.send('one'));
  spawnInside(() => second.send('two'));
  const got = new Map<string, string | undefined>();
  while (got.size < 2) {
    const { key, value } = await select({
      first: when(!got.has('first'), () => fromFirst.recv()),
      second: when(!got.has('second'), () => fromSecond.recv()),
    });
    got.set(key, value);
  }
  expect([got.get('first'), got.get('second')]).toEqual(['one', 'two']);
});

// doc@select:299
test('doc-tests-time-macros/6 biased with counters, it goes through the branches in their order, then else', async () => {
  const seen: string[] = [];
  const step = (n: number) => when(seen.length < n, () => () => n);
  for (;;) {
    const next = await select(
      { one: step(1), two: step(2), three: step(3), four: step(4) },
      { biased: true, else: () => 'else' },
    );
    seen.push(next.key);
    if (next.key === 'else') break;
  }
  expect(seen).toEqual(['one', 'two', 'three', 'four', 'else']);
});

// doc@select:430. The hazard is a branch that keeps what it has got in a variable of its own.
test('doc-tests-time-macros/7 a branch that loses in a loop loses what it had done so far', async () => {
  const { begun, ended } = await onPausedClock(function* () {
    let [begun, ended] = [0, 0];
    const inTwoSteps = function* () {
      begun += 1;
      yield* sleep(6);
      yield* sleep(6);
      ended += 1;
    };
    for (let round = 0; round < 3; round += 1) yield* select({ work: inTwoSteps(), tick: sleep(10) });
    return { begun, ended };
  });
  expect([begun, ended]).toEqual([3, 0]);
});

// doc@sleep:28, doc@sleep:88, doc@sleep:143
test('doc-tests-time-macros/8 sleep and sleepUntil wait 100 ms', async () => {
  const took = await onPausedClock(async () => {
    const start = Instant.now();
    await sleep(100);
    const slept = start.elapsed();
    await sleepUntil(Instant.now().add(100));
    return [slept, start.elapsed()];
  });
  expect(took).toEqual([100, 200]);
});

// doc@sleep:155, doc@sleep:329
test('doc-tests-time-macros/9 one sleep is used in a loop of selects, and reset each time that it ends', async () => {
  const lines = await onPausedClock(function* () {
    const start = Instant.now();
    const lines: string[] = [];
    const pause = sleep(10);
    pause.reset(Instant.now().add(50)); // before its first use
    const work = interval(30);
    yield* work.tick();
    while (lines.length < 5) {
      const { key } = yield* select({ pause, work: work.tick() });
      lines.push(`${key} ${start.elapsed()}`);
      if (key === 'pause') pause.reset(Instant.now().add(50));
    }
    return lines;
  });
  expect(lines).toEqual(['work 30', 'pause 50', 'work 60', 'work 90', 'pause 100']);
});

// doc@timeout:51, doc@timeout:128
test('doc-tests-time-macros/10 timeout and timeoutAt give an error after 10 ms in which nothing came', async () => {
  const ends = await onPausedClock(async () => {
    const [sender, receiver] = oneshot<number>();
    const start = Instant.now();
    const first = await timeout(10, receiver.recv());
    const second = await timeoutAt(Instant.now().add(10), receiver.recv());
    sender.close();
    return [first.ok, second.ok, start.elapsed()];
  });
  expect(ends).toEqual([false, false, 20]);
});

// doc@interval:26, doc@interval:92, doc@interval:411
test('doc-tests-time-macros/11 the first tick is at once or at its start, and one comes each period', async () => {
  const took = await onPausedClock(async () => {
    const start = Instant.now();
    const every = interval(10);
    for (let tick = 0; tick < 3; tick += 1) await every.tick();
    const threeTicks = start.elapsed();
    const later = Instant.now();
    const delayed = intervalAt(later.add(50), 10);
    for (let tick = 0; tick < 3; tick += 1) await delayed.tick();
    return [threeTicks, later.elapsed()];
  });
  expect(took).toEqual([20, 70]);
});

// doc@interval:196, doc@interval:255, doc@interval:306
test.each([
  ['burst', [0, 200, 200, 200, 200, 250]],
  ['delay', [0, 200, 250, 300, 350, 400]],
  ['skip', [0, 225, 250, 300, 350, 400]],
] as const)('doc-tests-time-macros/12 after a tick that came late, %s', async (behavior, expected) => {
  const at = await onPausedClock(async () => {
    const start = Instant.now();
    const every = interval(50);
    every.setMissedTickBehavior(behavior);
    const at: number[] = [];
    for (let tick = 0; tick < 6; tick += 1) {
      await every.tick();
      at.push(start.elapsed());
      if (tick === 0) await sleep(behavior === 'skip' ? 225 : 200);
    }
    return at;
  });
  expect(at).toEqual(expected);
});

// doc@interval:499, doc@interval:531, doc@interval:563, doc@interval:599
test('doc-tests-time-macros/13 reset, resetImmediately, resetAfter and resetAt start an interval anew', async () => {
  const resets: Record<string, (every: ReturnType<typeof interval>) => void> = {
    reset: (every) => every.reset(),
    resetImmediately: (every) => every.resetImmediately(),
    'resetAfter 20': (every) => every.resetAfter(20),
    'resetAt +30': (every) => every.resetAt(Instant.now().add(30)),
  };
  const took = await onPausedClock(async () => {
    const took: string[] = [];
    for (const [name, reset] of Object.entries(resets)) {
      const start = Instant.now();
      const every = interval(100);
      await every.tick();
      await sleep(50);
      reset(every);
      await every.tick();
      await every.tick();
      took.push(`${name} ${start.elapsed()}`);
    }
    return took;
  });
  expect(took).toEqual(['reset 250', 'resetImmediately 150', 'resetAfter 20 170', 'resetAt +30 180']);
});

/** A receiver of messages that were all sent by a task, of a channel that is closed behind them. */
function channelOf(...messages: number[]) {
  const [sender, receiver] = mpsc.channel<number>(8);
  spawnInside(function* () {
    for (const message of messages) {
      yield* sender.send(message);
      yield* yieldNow();
    }
    sender.close();
  });
  return receiver;
}
