import {
  main,
  Runtime,
  type RuntimeOptions,
  select,
  sleep,
  spawn as spawnBare,
  task,
  timeout,
  yieldNow,
} from '@heddle/runtime';
import { TcpListener } from '@heddle/runtime/net';
import { Notify, oneshot } from '@heddle/runtime/sync';
import { ManualHost } from '@heddle/runtime/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of its current-thread runtime. Over each test stands its source. */
beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

// rt_basic.rs: drop_tasks_in_context
test('current-thread/1 a cleanup during a shutdown still knows its runtime', async () => {
  const { host, runtime, spawn } = byHand();
  const seen: boolean[] = [];
  spawn(function* () {
    try {
      yield* new Notify().notified();
    } finally {
      seen.push(Runtime.current() === runtime);
    }
  });
  await host.settle();
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
  expect(seen).toEqual([true]);
});

// rt_basic.rs: spawn_two
test('current-thread/2 a spawn inside a spawn is two schedules, both on this thread', async () => {
  const { host, runtime, spawn } = byHand();
  spawn(function* () {
    spawn(function* () {});
  });
  await host.settle();
  expect(runtime.metrics().localScheduleCount).toBe(2);
});

// rt_basic.rs: timeout_panics_when_no_time_handle. Here every runtime has timers.
test('current-thread/3 a timeout works on any runtime', async ({ task }) => {
  deviates(task, 'alwaysDrivers');
  const { host, spawn } = byHand();
  const handle = spawn(() => timeout(5, new Notify().notified()));
  await host.advance(5);
  const result = (await handle).unwrap();
  expect(result.ok).toBe(false);
});

const PANICKED = 'a spawned task panicked and the runtime is configured to shut down on unhandled panic';

// rt_basic.rs: unstable::shutdown_on_panic. Here who waits gets it from the handle: there is no block_on.
test('current-thread/4 a panic ends a runtime that is told so, and whoever waits is told why', async () => {
  const { host, spawn } = byHand({ unhandledPanic: 'shutdown-runtime' });
  const root = spawn(function* () {
    yield* new Notify().notified();
  });
  const panics = spawn(function* () {
    throw new Error('boom');
  });
  await host.settle();
  expect(await outcomeOf(panics)).toBe('panic boom');
  await expect(root.unwrap()).rejects.toThrow(PANICKED);
});

// rt_basic.rs: unstable::spawns_do_nothing
test('current-thread/5 what is spawned after such an end gives an error', async () => {
  const { host, runtime, spawn } = byHand({ unhandledPanic: 'shutdown-runtime' });
  spawn(() => Promise.reject(new Error('boom')));
  await host.settle();
  let ran = false;
  const after = spawn(() => {
    ran = true;
  });
  const job = runtime.spawnBlocking(() => 1);
  expect(after.isFinished()).toBe(true);
  for (const handle of [after, job]) {
    await expect(handle.unwrap()).rejects.toThrow(`was cancelled: ${PANICKED}`);
  }
  expect(ran).toBe(false);
});

/** In which order the tasks of a lottery are drawn, in two runs of one runtime. */
async function drawn(options: RuntimeOptions): Promise<string> {
  const host = new ManualHost();
  const runtime = new Runtime({ ...options, host, policy: 'lottery' });
  const line: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    for (const name of 'abcdefgh') {
      runtime.spawn(function* () {
        for (let step = 0; step < 5; step += 1) {
          line.push(name);
          yield* yieldNow();
        }
      });
    }
    await host.settle();
  }
  return line.join('');
}

// rt_basic.rs: unstable::rng_seed, unstable::rng_seed_multi_enter
test('current-thread/6 two runtimes with one seed make the same choices, run after run', async () => {
  expect(await drawn({ seed: 7 })).toBe(await drawn({ seed: 7 }));
  expect(await drawn({ seed: 7 })).not.toBe(await drawn({ seed: 8 }));
});

// rt_common_before_park.rs: before_park_wakes_block_on_task
test('current-thread/7 a root that onPark wakes is polled, and nobody sleeps', async () => {
  const notify = new Notify();
  const { host, runtime, spawn } = byHand({ onPark: () => notify.notifyOne() });
  const root = spawn(function* () {
    yield* notify.notified();
    return 'woken';
  });
  host.runUntilIdle();
  expect(await outcomeOf(root)).toBe('woken');
  expect(runtime.metrics().parkCount).toBe(3);
});

// rt_common_before_park.rs: before_park_spawns_task
test('current-thread/8 a task that onPark spawns is run', async () => {
  const [tx, rx] = oneshot<string>();
  let spawned = false;
  const { host, runtime, spawn } = byHand({
    onPark: () => {
      if (spawned) return;
      spawned = true;
      runtime.spawn(() => tx.send('spawned'));
    },
  });
  const root = spawn(function* () {
    return yield* rx.recv();
  });
  host.runUntilIdle();
  expect(await outcomeOf(root)).toBe('spawned');
});

// rt_common_before_park.rs: before_park_does_not_stall_spawned_timer
test('current-thread/9 a timer fires though onPark makes something ready each time', async () => {
  let parks = 0;
  const notify = new Notify();
  const { host, spawn } = byHand({
    onPark: () => {
      parks += 1;
      if (parks < 100) notify.notifyOne();
    },
  });
  spawn(function* () {
    for (;;) yield* notify.notified();
  });
  const sleeps = spawn(function* () {
    yield* sleep(1);
    return 'slept';
  });
  await host.advance(1);
  expect([await outcomeOf(sleeps), parks >= 100]).toEqual(['slept', true]);
});

// loom_current_thread.rs: block_on_num_polls. Here nobody blocks on a runtime: the roots are tasks.
test('current-thread/10 three roots are polled a few times while another task yields twelve times', async ({
  task,
}) => {
  deviates(task, 'noBlockingHere');
  const polls = new Map<number, number>();
  const { host, spawn } = byHand({
    onBeforeTaskPoll: ({ id }) => void polls.set(id, (polls.get(id) ?? 0) + 1),
  });
  const background = spawn(function* () {
    for (let step = 0; step < 12; step += 1) yield* yieldNow();
  });
  const roots = [1, 2, 3].map(() =>
    spawn(function* () {
      yield* background;
    }),
  );
  await host.settle();
  expect(roots.map(({ id }) => polls.get(id))).toEqual([2, 2, 2]);
});

// loom_current_thread.rs: assert_no_unnecessary_polls
test('current-thread/11 a root that waits is not polled before it is woken', async () => {
  const polled: number[] = [];
  const { host, spawn } = byHand({ onBeforeTaskPoll: ({ id }) => void polled.push(id) });
  const [tx, rx] = oneshot<string>();
  const root = spawn(function* () {
    return yield* rx.recv();
  });
  spawn(function* () {
    for (let step = 0; step < 24; step += 1) yield* yieldNow();
    tx.send('now');
  });
  await host.settle();
  expect(await outcomeOf(root)).toBe('now');
  expect(polled.filter((id) => id === root.id)).toHaveLength(2);
});

// loom_current_thread.rs: drop_jh_during_schedule. Here a handle is forgotten on the thread on which it lives.
test('current-thread/12 who waited for a handle and has left is not woken by its end', async ({ task }) => {
  deviates(task, 'oneIsolate');
  const { host, runtime, spawn } = byHand();
  const [tx, rx] = oneshot<void>();
  const child = spawn(() => rx.recv());
  const waits = spawn(function* () {
    yield* select({ child, slept: sleep(1) });
    yield* new Notify().notified();
  });
  await host.advance(1);
  const { pollCount } = runtime.metrics();
  tx.send(undefined as never);
  await host.settle();
  expect(child.isFinished()).toBe(true);
  // The child alone was polled.
  expect(runtime.metrics().pollCount - pollCount).toBe(1);
  waits.abort();
});

// yield_now.rs: yield_calls_park_before_scheduling_again. Here once in a turn, and not at each yield.
test('current-thread/13 the event loop is served before a task that yields goes on, once in a turn', async ({
  task,
}) => {
  deviates(task, 'eventInterval');
  const { host, spawn } = byHand({ eventInterval: 1 });
  const line: string[] = [];
  spawn(function* () {
    line.push('before');
    yield* yieldNow();
    line.push('after');
  });
  host.turn();
  line.push('event loop');
  host.turn();
  expect(line).toEqual(['before', 'event loop', 'after']);
});

// macros_main.rs: main_with_spawn, shell
test('current-thread/14 main runs an async body to its end and gives its value', async () => {
  expect(
    await main(async () => {
      const one = spawnBare(async () => 1);
      return (await one).unwrap() + 1;
    }),
  ).toBe(2);
});

// no_rt.rs: timeout_panics_when_no_tokio_context, panics_when_no_reactor, io_panics_when_no_tokio_context
test('current-thread/15 timers and sockets outside any task use the default runtime', async (context) => {
  deviates(context.task, 'defaultRuntime');
  expect(task.tryId()).toBeUndefined();
  expect((await timeout(1, new Notify().notified())).ok).toBe(false);
  const listener = await TcpListener.bind('127.0.0.1:0');
  listener.close();
  expect(Runtime.current()).toBe(Runtime.current());
});
