import { Runtime, type RuntimeOptions, spawn as spawnBare, type TaskMeta, yieldNow } from '@heddle/runtime';
import { Notify } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of its hooks. Over each test stands its source. */

// task_hooks.rs: spawn_task_hook_fires
test('task-hooks/1 onTaskSpawn is called once at each spawn, before it returns, each time with another id', () => {
  const spawned: number[] = [];
  const { spawn } = byHand({ onTaskSpawn: ({ id }) => void spawned.push(id) });
  const ids: number[] = [];
  for (let task = 0; task < 100; task += 1) {
    const { id } = spawn(() => undefined);
    ids.push(id);
    expect(spawned.at(-1)).toBe(id);
  }
  expect(spawned).toEqual(ids);
  expect(new Set(spawned).size).toBe(100);
});

// task_hooks.rs: terminate_task_hook_fires
test('task-hooks/2 onTaskTerminate is called once for each task that has ended', async () => {
  const terminated: number[] = [];
  const { host, spawn } = byHand({ onTaskTerminate: ({ id }) => void terminated.push(id) });
  const ends = spawn(function* () {
    yield* yieldNow();
  });
  const aborted = spawn(() => new Promise(() => undefined));
  aborted.abort();
  const waits = spawn(function* () {
    yield* new Notify().notified();
  });
  await host.settle();
  expect(terminated.sort()).toEqual([ends.id, aborted.id]);
  waits.abort();
  waits.abort();
  await host.settle();
  expect(terminated.at(-1)).toBe(waits.id);
  expect(terminated).toHaveLength(3);
});

// task_hooks.rs: task_hook_spawn_location_current_thread, task_hook_spawn_location_multi_thread
test('task-hooks/3 the hooks are told where the task was spawned, by the runtime or bare', async () => {
  const told = { onTaskSpawn: [], onBeforeTaskPoll: [], onAfterTaskPoll: [] } as Record<string, TaskMeta[]>;
  const hooks = Object.fromEntries(
    Object.keys(told).map((hook) => [hook, (meta: TaskMeta) => told[hook]?.push(meta)]),
  ) as RuntimeOptions;
  const { host, spawn } = byHand({ debug: true, ...hooks });
  spawn(function* () {
    yield* spawnBare(function* () {
      yield* yieldNow();
    });
  });
  await host.settle();
  for (const metas of Object.values(told)) {
    for (const { spawnedAt } of metas) expect(spawnedAt).toContain('task-hooks.test.ts');
  }
  const [spawned, before, after] = Object.values(told).map((metas) => metas.length);
  expect([spawned, after]).toEqual([2, before]);
  expect(before).toBeGreaterThan(2);
});

// task_hooks.rs: task_hook_schedule_latency_current_thread, task_hook_schedule_latency_multi_thread, …
test('task-hooks/4 the hooks of a poll are told how long its task was ready, from the LIFO slot too', async () => {
  const latencies: string[] = [];
  const tell =
    (hook: string) =>
    ({ id, scheduleLatencyMs }: TaskMeta) =>
      void latencies.push(`${hook} ${id}: ${scheduleLatencyMs}`);
  const { host, spawn } = byHand({
    enableMetricsScheduleLatencyHistogram: true,
    onBeforeTaskPoll: tell('before'),
    onAfterTaskPoll: tell('after'),
  });
  // A clock that a poll moves on: the time that it takes.
  let late = 0;
  host.now = () => late;
  const notify = new Notify();
  const waits = spawn(function* () {
    yield* notify.notified();
  });
  late = 50;
  host.runUntilIdle();
  const wakes = spawn(function* () {
    notify.notifyOne();
    late += 30;
  });
  host.runUntilIdle();
  expect(latencies).toEqual([
    `before ${waits.id}: 50`,
    `after ${waits.id}: 50`,
    `before ${wakes.id}: 0`,
    `after ${wakes.id}: 0`,
    `before ${waits.id}: 30`,
    `after ${waits.id}: 30`,
  ]);
});

// rt_poll_callbacks.rs: callbacks_fire_multi_thread, callbacks_fire_current_thread
test('task-hooks/5 a task that yields three times is four calls before and four after a poll, all with its id', async () => {
  const [before, after]: [number[], number[]] = [[], []];
  const { host, spawn } = byHand({
    onBeforeTaskPoll: ({ id }) => void before.push(id),
    onAfterTaskPoll: ({ id }) => void after.push(id),
  });
  const generator = spawn(function* () {
    for (let step = 0; step < 3; step += 1) yield* yieldNow();
  });
  await host.settle();
  expect([before, after]).toEqual([Array(4).fill(generator.id), Array(4).fill(generator.id)]);
  before.length = after.length = 0;
  const guest = spawn(async () => {
    for (let step = 0; step < 3; step += 1) await yieldNow();
  });
  await host.settle();
  expect([before, after]).toEqual([Array(4).fill(guest.id), Array(4).fill(guest.id)]);
});

// rt_worker_index.rs: worker_index_current_thread, worker_index_local_runtime
test('task-hooks/6 the worker of a task is number 0, and outside any task there is none', async () => {
  const { host, spawn } = byHand();
  const generator = spawn(function* () {
    return Runtime.workerIndex();
  });
  const guest = spawn(async () => Runtime.workerIndex());
  await host.settle();
  expect([(await generator).unwrap(), (await guest).unwrap()]).toEqual([0, 0]);
  expect(Runtime.workerIndex()).toBeUndefined();
});

// rt_worker_index.rs: worker_index_matches_metrics_worker_thread_id. Here there is one worker, on the thread that asks.
test('task-hooks/7 the worker of a task is one of those that the metrics count', async ({ task }) => {
  deviates(task, 'oneIsolate');
  const { host, runtime, spawn } = byHand();
  const handle = spawn(() => (Runtime.workerIndex() as number) < runtime.metrics().numWorkers);
  await host.settle();
  expect((await handle).unwrap()).toBe(true);
});
