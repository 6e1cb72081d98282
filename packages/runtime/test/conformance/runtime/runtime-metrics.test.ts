import { join, Runtime, type RuntimeOptions, sleep, thread } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of its metrics, for a runtime of one thread. Over each test stands its source. */

/** Runs five tasks on a runtime, and gives its metrics. */
function afterFive(options: RuntimeOptions) {
  const { host, runtime, spawn } = byHand(options);
  spawn(function* () {
    for (let child = 0; child < 4; child += 1) spawn(function* () {});
  });
  host.runUntilIdle();
  return runtime.metrics();
}

// rt_metrics.rs: global_queue_depth_current_thread. Here no other thread can spawn onto this one.
test('runtime-metrics/1 what was spawned from outside stands in the queue until the runtime is driven', ({
  task,
}) => {
  deviates(task, 'oneIsolate');
  const { host, runtime, spawn } = byHand();
  spawn(() => undefined);
  expect(runtime.metrics().queueDepth).toBe(1);
  host.runUntilIdle();
  expect(runtime.metrics().queueDepth).toBe(0);
});

// rt_metrics.rs: worker_total_busy_duration
test('runtime-metrics/2 polls that are timed have been busy for a while, which can be read after the end', async () => {
  const runtime = new Runtime({ enableMetricsPollTimeHistogram: true });
  await runtime.spawn(() => {
    let sum = 0;
    for (let n = 0; n < 1_000_000; n += 1) sum += n;
    return sum;
  });
  await runtime.shutdown();
  expect(runtime.metrics().totalBusyDurationMs).toBeGreaterThan(0);
});

// rt_metrics.rs: worker_park_count
test('runtime-metrics/3 a sleep parks the runtime', async () => {
  const { host, runtime, spawn } = byHand();
  const { parkCount } = runtime.metrics();
  spawn(() => sleep(1));
  await host.advance(1);
  expect(runtime.metrics().parkCount).toBeGreaterThan(parkCount);
});

// rt_metrics.rs: worker_park_unpark_count
test.each([
  ['unwatched', {}],
  ['watched', { onPark: () => undefined }],
])(
  'runtime-metrics/4 parks and unparks together are odd while it is idle and even while it is not: %s',
  async (_, options) => {
    const { host, runtime, spawn } = byHand(options);
    expect(runtime.metrics().parkUnparkCount).toBe(1);
    let inside = 0;
    spawn(function* () {
      inside = runtime.metrics().parkUnparkCount;
    });
    host.runUntilIdle();
    expect([inside, runtime.metrics().parkUnparkCount]).toEqual([2, 3]);
    await runtime.shutdown();
    expect(runtime.metrics().parkUnparkCount).toBe(4);
  },
);

// rt_unstable_metrics.rs: num_workers
test('runtime-metrics/5 a runtime has as many workers as it has threads that poll: one', () => {
  expect(byHand().runtime.metrics().numWorkers).toBe(1);
});

// rt_unstable_metrics.rs: blocking_queue_depth
test('runtime-metrics/6 a job that waits for the only thread is in the queue, which is empty when both have ended', async () => {
  const runtime = new Runtime({ blocking: { maxThreads: 1 } });
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const waits = (gate: Int32Array) => {
    Atomics.wait(gate, 0, 0);
  };
  const [tx, rx] = thread.channel<number>({ capacity: 1 });
  const first = runtime.spawnBlocking(
    (gate, tx) => {
      tx.trySend(1);
      Atomics.wait(gate, 0, 0);
    },
    gate,
    tx,
  );
  await rx.recv();
  const second = runtime.spawnBlocking(waits, gate);
  expect(runtime.blocking.metrics().blockingQueueDepth).toBe(1);
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  await join(first, second);
  expect(runtime.blocking.metrics().blockingQueueDepth).toBe(0);
  await runtime.shutdown();
});

// rt_unstable_metrics.rs: worker_poll_count_and_time
test('runtime-metrics/8 five tasks are five polls; times are zero unless they are measured', () => {
  expect(afterFive({})).toMatchObject({
    pollCount: 5,
    meanPollTimeMs: 0,
    pollTimeHistogramEnabled: false,
    pollTimeHistogram: [],
  });
});

// The same, of a runtime that measures: tokio's of several threads does unasked.
test('runtime-metrics/8 polls that are measured take a while on the average', async () => {
  const runtime = new Runtime({ enableMetricsPollTimeHistogram: true });
  const computes = () => {
    let sum = 0;
    for (let n = 0; n < 1_000_000; n += 1) sum += n;
    return sum;
  };
  await join(...Array.from({ length: 5 }, () => runtime.spawn(computes)));
  await runtime.shutdown();
  const { pollCount, meanPollTimeMs } = runtime.metrics();
  expect([pollCount, meanPollTimeMs > 0]).toEqual([5, true]);
});

const LINEAR = { kind: 'linear', resolutionMs: 50, numBuckets: 3 } as const;

// rt_unstable_metrics.rs: worker_poll_count_histogram
test('runtime-metrics/9 a linear histogram of three buckets counts the five polls', () => {
  const metrics = afterFive({
    enableMetricsPollTimeHistogram: true,
    metricsPollTimeHistogramConfiguration: LINEAR,
  });
  expect(metrics.pollTimeHistogramEnabled).toBe(true);
  expect(metrics.pollTimeHistogram).toHaveLength(3);
  expect(metrics.pollTimeHistogram.reduce((sum, { count }) => sum + count, 0)).toBe(5);
});

/** The ranges of the buckets in microseconds. */
function rangesOf(kind: 'linear' | 'log', resolutionMs: number): number[][] {
  const { pollTimeHistogram } = afterFive({
    enableMetricsPollTimeHistogram: true,
    metricsPollTimeHistogramConfiguration: { kind, resolutionMs, numBuckets: 3 },
  });
  return pollTimeHistogram.map(({ fromMs, toMs }) => [fromMs * 1000, toMs * 1000]);
}

// rt_unstable_metrics.rs: worker_poll_count_histogram_range
test('runtime-metrics/10 linear buckets are of one width; those of a log double from a power of two on', () => {
  const { POSITIVE_INFINITY: end } = Number;
  expect(rangesOf('linear', 0.05)).toEqual([
    [0, 50],
    [50, 100],
    [100, end],
  ]);
  expect(rangesOf('log', 0.05)).toEqual([
    [0, 65.536],
    [65.536, 131.072],
    [131.072, end],
  ]);
});

// rt_unstable_metrics.rs: worker_poll_count_histogram_disabled_without_explicit_enable
test('runtime-metrics/11 what the buckets would be enables nothing', () => {
  const metrics = afterFive({ metricsPollTimeHistogramConfiguration: LINEAR });
  expect([metrics.pollTimeHistogramEnabled, metrics.pollTimeHistogram]).toEqual([false, []]);
});

// rt_unstable_metrics.rs: budget_exhaustion_yield_with_joins
test('runtime-metrics/12 two branches that use up one budget in one poll are one forced yield', () => {
  const { host, runtime, spawn } = byHand();
  const branch = function* () {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    for (let item = 0; item < 150; item += 1) tx.send(item);
    for (let item = 0; item < 150; item += 1) yield* rx.recv();
  };
  let polls = 0;
  spawn(function* () {
    yield* join(branch(), branch());
    polls = runtime.metrics().pollCount;
  });
  host.runUntilIdle();
  // 300 units of 128: two polls had to end.
  expect([runtime.metrics().budgetForcedYieldCount, polls]).toEqual([2, 3]);
});
