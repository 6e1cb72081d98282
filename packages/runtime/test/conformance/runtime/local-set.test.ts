import { JoinSet, join, Runtime, spawn as spawnBare, thread, yieldNow } from '@heddle/runtime';
import { Mutex, mpsc, Notify } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/**
 * What tokio promises of its LocalRuntime and its LocalSet. Every task of an executor is local to its thread here: a
 * `Runtime` is the one, and a `JoinSet` or a runtime of one's own is the other. Over each test stands its source.
 */

// rt_local.rs: test_spawn_local_in_runtime, test_spawn_local_on_runtime_object, test_spawn_local_from_guard, …
test('localruntime-localset/1 the bare spawn inside and that of the runtime run a task that yields and sends', async () => {
  const { host, runtime } = byHand();
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const sends = function* () {
    yield* yieldNow();
    tx.send(5);
  };
  runtime.spawn(sends);
  runtime.spawn(() => void spawnBare(sends));
  await host.settle();
  expect([await rx.recv(), await rx.recv()]).toEqual([5, 5]);
});

// rt_local.rs: test_spawn_local_panic, test_spawn_local_in_current_thread_runtime, …
test('localruntime-localset/2 a spawn on another thread is on a runtime of that thread, and never on ours', async ({
  task,
}) => {
  deviates(task, 'defaultRuntime');
  const { spawnedTasksCount } = Runtime.current().metrics();
  const handle = thread.spawn(async () => {
    const { spawn } = await import('@heddle/runtime');
    return (await spawn(() => 'there')).unwrap();
  });
  expect((await handle).unwrap()).toBe('there');
  expect(Runtime.current().metrics().spawnedTasksCount).toBe(spawnedTasksCount);
});

// task_local_set.rs: local_current_thread_scheduler
test('localruntime-localset/3 a set inside a task runs what it spawns', async () => {
  const { host, spawn } = byHand();
  const root = spawn(function* () {
    const set = new JoinSet<string>();
    set.spawn(function* () {
      yield* yieldNow();
      return 'local';
    });
    return (yield* set.joinNext())?.unwrap();
  });
  await host.settle();
  expect(await outcomeOf(root)).toBe('local');
});

// task_local_set.rs: drop_cancels_tasks
test('localruntime-localset/4 the end of a runtime cleans up what its tasks hold while they wait', async () => {
  const { host, runtime, spawn } = byHand();
  const released: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    spawn(function* () {
      try {
        yield* new Notify().notified();
      } finally {
        released.push(at);
      }
    });
  }
  await host.settle();
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
  expect(released).toEqual([0, 1, 2]);
});

// task_local_set.rs: drop_cancels_remote_tasks
test('localruntime-localset/5 the end comes though a task was woken from outside just before', async () => {
  const { host, runtime, spawn } = byHand();
  const [tx, rx] = mpsc.unboundedChannel<number>();
  spawn(function* () {
    while ((yield* rx.recv()) !== undefined);
  });
  await host.settle();
  tx.send(1);
  tx[Symbol.dispose]();
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
  expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, queueDepth: 0 });
});

// task_local_set.rs: local_tasks_wake_join_all
test('localruntime-localset/6 128 tasks that spawn and await a child each are joined together', async () => {
  const { host, spawn } = byHand();
  const root = spawn(function* () {
    const handles = Array.from({ length: 128 }, () =>
      spawn(function* () {
        return (yield* spawn(function* () {
          return 1;
        })).unwrap();
      }),
    );
    const results = yield* join(...handles);
    return results.reduce((sum, result) => sum + result.unwrap(), 0);
  });
  await host.settle();
  expect(await outcomeOf(root)).toBe('128');
});

// task_local_set.rs: local_tasks_are_polled_after_tick
test('localruntime-localset/7 500 tasks that another one releases all end, over many turns', async () => {
  const { host, runtime, spawn } = byHand({ eventInterval: 61 });
  const notify = new Notify();
  let ended = 0;
  for (let at = 0; at < 500; at += 1) {
    spawn(function* () {
      yield* notify.notified();
      ended += 1;
    });
  }
  await host.settle();
  spawn(() => notify.notifyWaiters());
  await host.settle();
  expect([ended, runtime.metrics().numAliveTasks]).toEqual([500, 0]);
});

// task_local_set.rs: acquire_mutex_in_drop
test('localruntime-localset/8 tasks that take a lock and wake others in their cleanup do not keep the end', async () => {
  const { host, runtime, spawn } = byHand();
  const mutex = new Mutex(0);
  const notify = new Notify();
  for (let at = 0; at < 2; at += 1) {
    spawn(function* () {
      const guard = yield* mutex.lock();
      try {
        yield* notify.notified();
      } finally {
        guard.release();
        notify.notifyOne();
      }
    });
  }
  await host.settle();
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
  expect([runtime.metrics().numAliveTasks, mutex.tryLock().ok]).toEqual([0, true]);
});

// task_local_set.rs: spawn_wakes_localset
test('localruntime-localset/9 a spawn from outside wakes a runtime that is idle', async () => {
  const { host, runtime, spawn } = byHand();
  await host.settle();
  expect(host.turn()).toBe(false);
  const handle = spawn(() => 'ran');
  expect([host.turn(), runtime.metrics().turnCount]).toEqual([true, 1]);
  await host.settle();
  expect(await outcomeOf(handle)).toBe('ran');
});
