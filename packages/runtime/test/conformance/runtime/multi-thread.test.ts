import {
  CancellationToken,
  type JoinHandle,
  join,
  Runtime,
  sleep,
  spawn,
  spawnBlocking,
  TaskCancelled,
  task,
  thread,
  yieldNow,
} from '@heddle/runtime';
import { mpsc, Notify, oneshot } from '@heddle/runtime/sync';
import { type ManualHost, PENDING, step } from '@heddle/runtime/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/**
 * What tokio promises of its multi-thread runtime, as far as it can be held with what there is: several threads each
 * with an executor (`thread.spawn`), a pool of threads (`spawnBlocking`), several runtimes on one thread. Over each
 * test stands its source. What needs a queue of several threads has no test: 3, 26,
 * 28.
 */
beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const CANCELLED = /its runtime was shut down/;

/** The message of the error of a handle. */
async function messageOf(handle: JoinHandle<unknown>): Promise<string> {
  const result = await handle;
  return result.ok ? 'ok' : result.error.message;
}

/** Shuts a runtime of a host down, and lets it come to its end. */
async function shutDown({ host, runtime }: { host: ManualHost; runtime: Runtime }): Promise<void> {
  const ended = runtime.shutdown();
  await host.settle();
  await ended;
}

// rt_threaded.rs: single_thread. Here a runtime is of the thread that made it, which may be one of its own.
test('multi-thread-work-stealing/1 a runtime with a single thread for its jobs can be made', async (context) => {
  deviates(context.task, 'oneIsolate');
  const onThread = thread.spawn(async () => {
    const { Runtime } = await import('@heddle/runtime');
    const runtime = new Runtime();
    const value = (await runtime.spawn(async () => 1)).unwrap();
    await runtime.shutdown();
    return value;
  });
  expect((await onThread).unwrap()).toBe(1);
  const runtime = new Runtime({ blocking: { maxThreads: 1 } });
  expect((await runtime.spawnBlocking(() => 1)).unwrap()).toBe(1);
  await runtime.shutdown();
});

// rt_threaded.rs: many_oneshot_futures. Here each task stays on the thread that it was spawned on.
test('multi-thread-work-stealing/2 a thousand tasks on two other threads all run, the last one tells, five times, and the end is clean', async (context) => {
  deviates(context.task, 'startedTasksStay');
  const runtime = new Runtime({ blocking: { maxThreads: 2 } });
  for (let round = 0; round < 5; round += 1) {
    const count = new Int32Array(new SharedArrayBuffer(4));
    const told = [1, 2].map(() => thread.channel<'last'>({ capacity: 1 }));
    const handles = told.map(([tx]) =>
      runtime.spawnBlocking(
        async (count, tx) => {
          const { spawn, join } = await import('@heddle/runtime');
          const task = () => {
            if (Atomics.add(count, 0, 1) === 999) tx.trySend('last');
          };
          await join(...Array.from({ length: 500 }, () => spawn(task)));
        },
        count,
        tx,
      ),
    );
    for (const result of await join(...handles)) result.unwrap();
    const heard = await join(...told.map(([, rx]) => rx.recv()));
    expect([count[0], heard.filter((word) => word === 'last')]).toEqual([1000, ['last']]);
  }
  await runtime.shutdown();
  expect(runtime.metrics().numAliveTasks).toBe(0);
});

// rt_threaded.rs: lifo_slot_budget
test('multi-thread-work-stealing/4 a chain of tasks that each spawn the next does not keep others from running', async () => {
  const { host, spawn } = byHand();
  let links = 0;
  const link = function* (): Generator<never, void> {
    links += 1;
    spawn(link);
  };
  spawn(link);
  const [tx, rx] = oneshot<string>();
  const root = spawn(function* () {
    return yield* rx.recv();
  });
  spawn(() => tx.send('got through'));
  for (let turn = 0; turn < 3; turn += 1) host.turn();
  expect(await outcomeOf(root)).toBe('got through');
  expect(links).toBeGreaterThan(1);
});

// rt_threaded.rs: drop_threadpool_drops_futures
test('multi-thread-work-stealing/5 a thread of a runtime stops as often as it starts, and a task that never ends is cleaned up once', async () => {
  const counts = { started: 0, stopped: 0, cleaned: 0 };
  for (let round = 0; round < 1000; round += 1) {
    const made = byHand({
      onThreadStart: () => {
        counts.started += 1;
      },
      onThreadStop: () => {
        counts.stopped += 1;
      },
    });
    made.spawn(function* () {
      try {
        yield* new Notify().notified();
      } finally {
        counts.cleaned += 1;
      }
    });
    made.host.runUntilIdle();
    const ended = Promise.all([made.runtime.shutdown(), made.runtime.shutdown()]);
    made.host.runUntilIdle();
    await ended;
  }
  expect(counts).toEqual({ started: 1000, stopped: 1000, cleaned: 1000 });
});

// rt_threaded.rs: blocking. Here what blocks never had the thread of the tasks.
test('multi-thread-work-stealing/6 with every thread of the pool stuck, a thousand new tasks run', async () => {
  const runtime = new Runtime({ blocking: { maxThreads: 2 } });
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const stuck = [1, 2].map(() =>
    runtime.spawnBlocking((gate) => {
      Atomics.add(gate, 1, 1);
      Atomics.notify(gate, 1);
      Atomics.wait(gate, 0, 0);
    }, gate),
  );
  while (Atomics.load(gate, 1) < 2) await sleep(1);
  const results = await join(...Array.from({ length: 1000 }, (_, n) => runtime.spawn(() => n)));
  expect(results.filter((result) => result.ok)).toHaveLength(1000);
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  for (const result of await join(...stuck)) result.unwrap();
  await runtime.shutdown();
});

// rt_threaded.rs: multi_threadpool
test('multi-thread-work-stealing/7 a task of one runtime wakes a task of another', async () => {
  const [one, two] = [byHand(), byHand()];
  const [tx, rx] = oneshot<string>();
  const waits = two.spawn(function* () {
    return yield* rx.recv();
  });
  two.host.runUntilIdle();
  one.spawn(() => tx.send('from the other'));
  one.host.runUntilIdle();
  expect(waits.isFinished()).toBe(false);
  two.host.runUntilIdle();
  expect(await outcomeOf(waits)).toBe('from the other');
});

// rt_threaded.rs: wake_during_shutdown
test('multi-thread-work-stealing/8 a cleanup may wake another task while the runtime ends', async () => {
  const made = byHand();
  const [tx, rx] = oneshot<string>();
  const waits = made.spawn(function* () {
    return yield* rx.recv();
  });
  made.spawn(function* () {
    try {
      yield* new Notify().notified();
    } finally {
      tx.send('too late');
    }
  });
  await made.host.settle();
  await shutDown(made);
  expect(await outcomeOf(waits)).toBe('cancelled');
});

// rt_handle.rs: interleave_then_enter
test('multi-thread-work-stealing/9 after a nested use was refused, both runtimes go on', async () => {
  const [outer, inner] = [byHand(), byHand()];
  const handle = inner.spawn(() => 'inner');
  const nests = outer.spawn(() => inner.host.turn());
  const after = outer.spawn(function* () {
    yield* yieldNow();
    return Runtime.current() === outer.runtime;
  });
  await outer.host.settle();
  expect(await outcomeOf(nests)).toBe(
    'panic ManualHost.turn: called in the poll of a task; turn the event loop from outside of tasks',
  );
  expect(await outcomeOf(after)).toBe('true');
  await inner.host.settle();
  expect(await outcomeOf(handle)).toBe('inner');
});

// rt_handle.rs: drop_tasks_with_reference_cycle
test('multi-thread-work-stealing/10 two tasks that wait for each other are both ended with their runtime', async () => {
  const made = byHand();
  const [toOne, atOne] = oneshot<{ handle: JoinHandle<void> }>();
  const one: JoinHandle<void> = made.spawn(function* () {
    const other = yield* atOne.recv();
    if (other !== undefined) yield* other.handle;
  });
  const two: JoinHandle<void> = made.spawn(function* () {
    yield* one;
  });
  toOne.send({ handle: two });
  await made.host.settle();
  expect(made.runtime.metrics().numAliveTasks).toBe(2);
  await shutDown(made);
  expect([await messageOf(one), await messageOf(two)]).toEqual([
    expect.stringMatching(CANCELLED),
    expect.stringMatching(CANCELLED),
  ]);
});

// rt_handle.rs: runtime_id_is_same, runtime_ids_different
test('multi-thread-work-stealing/11 a runtime is one object wherever it is asked for, and another one is another', async () => {
  const [one, two] = [byHand(), byHand()];
  const asked = one.spawn(() => ({ runtime: Runtime.current() }));
  await one.host.settle();
  expect((await asked).unwrap().runtime).toBe(one.runtime);
  expect(one.runtime).not.toBe(two.runtime);
});

// rt_panic.rs: current_handle_panic_caller
test('multi-thread-work-stealing/12 the current runtime outside any task is the default one', (context) => {
  deviates(context.task, 'defaultRuntime');
  expect(task.tryId()).toBeUndefined();
  expect(Runtime.current()).toBe(Runtime.current());
});

// rt_panic.rs: into_panic_panic_caller
test('multi-thread-work-stealing/13 intoPanic() of a cancelled task throws, with the caller in its stack', async (context) => {
  deviates(context.task, 'errorsHaveStacks');
  const handle = spawn(() => sleep(1000));
  handle.abort();
  const result = await handle;
  if (result.ok) throw new Error('it was not cancelled');
  let thrown: unknown;
  try {
    result.error.intoPanic();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    message: '`JoinError` reason is not a panic.',
    stack: expect.stringContaining('multi-thread.test.ts'),
  });
});

// rt_handle_block_on.rs: basic, bounded_mpsc_channel, unbounded_mpsc_channel
test('multi-thread-work-stealing/14 what needs no runtime works while one lives and after it has ended', async (context) => {
  deviates(context.task, 'noBlockingHere');
  const runtime = new Runtime();
  for (const phase of ['lives', 'has ended']) {
    for (const [tx, rx] of [mpsc.channel<string>(1), mpsc.unboundedChannel<string>()]) {
      await tx.send(phase);
      expect(await rx.recv()).toBe(phase);
    }
    if (phase === 'lives') await runtime.shutdown();
  }
});

// rt_handle_block_on.rs: basic_spawn_blocking
test('multi-thread-work-stealing/15 a job gives its value to who waits for it', async () => {
  const runtime = new Runtime();
  expect(await runtime.spawnBlocking(() => 42).unwrap()).toBe(42);
  await runtime.shutdown();
});

// rt_handle_block_on.rs: spawn_blocking_after_shutdown_fails
test('multi-thread-work-stealing/16 a job that is spawned after the end throws nothing, and is cancelled', async () => {
  const runtime = new Runtime();
  await runtime.shutdown();
  expect(await messageOf(runtime.spawnBlocking(() => 42))).toMatch(CANCELLED);
});

// rt_handle_block_on.rs: spawn_blocking_started_before_shutdown_continues. Here a job that runs on is terminated.
test('multi-thread-work-stealing/17 a job that runs when the shutdown begins is told to stop, and is cancelled', async (context) => {
  deviates(context.task, 'abortStopsBlocking');
  const runtime = new Runtime();
  const [tx, rx] = thread.channel<string>({ capacity: 2 });
  const handle = runtime.spawnBlocking(async (tx) => {
    const { task } = await import('@heddle/runtime');
    tx.trySend('runs');
    while (!task.isAborted());
    tx.trySend('told');
    return 42;
  }, tx);
  expect(await rx.recv()).toBe('runs');
  await runtime.shutdown();
  expect(await rx.recv()).toBe('told');
  expect(handle.isFinished()).toBe(true);
});

// rt_handle_block_on.rs: spawn_after_runtime_dropped
test('multi-thread-work-stealing/18 what was spawned before the end and what is spawned after it are both cancelled', async () => {
  const made = byHand();
  const before = made.spawn(() => 1);
  await shutDown(made);
  const after = made.spawn(() => 1);
  expect([before.isFinished(), after.isFinished()]).toEqual([true, true]);
  for (const handle of [before, after]) expect(await messageOf(handle)).toMatch(CANCELLED);
});

// rt_handle_block_on.rs: sleep_before_shutdown_panics, sleep_after_shutdown_panics
test('multi-thread-work-stealing/19 a sleep of a runtime that is shut down throws, made before or after, and leaves no timer', async () => {
  const made = byHand();
  const thrown: unknown[] = [];
  const tell = async (sleeps: PromiseLike<void>) => {
    try {
      await sleeps;
      thrown.push('slept');
    } catch (error) {
      thrown.push(error);
    }
  };
  const sleeps = made.spawn(async () => {
    const before = sleep(200);
    await tell(sleep(100));
    await tell(before);
    await tell(sleep(100));
  });
  await made.host.settle();
  expect(thrown).toEqual([]);
  await shutDown(made);
  expect(thrown).toEqual([1, 2, 3].map(() => expect.any(TaskCancelled)));
  for (const handle of [sleeps, made.spawn(() => sleep(100))]) {
    expect(await messageOf(handle)).toMatch(CANCELLED);
  }
  expect(made.host.pendingTimers).toBe(0);
});

// loom_multi_thread.rs: group_a::racy_shutdown. Here what blocks is a job.
test('multi-thread-work-stealing/20 a job that runs and one behind it are both settled when the pool ends at once', async () => {
  const runtime = new Runtime({ blocking: { maxThreads: 1 } });
  const jobs = [1, 2].map(() =>
    runtime.spawnBlocking(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }),
  );
  await runtime.shutdown({ timeoutMs: 0 });
  for (const job of jobs) expect(await messageOf(job)).toMatch(CANCELLED);
});

// loom_multi_thread.rs: group_b::join_output
test('multi-thread-work-stealing/21 a task on another thread gives what it returned', async () => {
  expect((await thread.spawn(() => 'output')).unwrap()).toBe('output');
  expect((await spawnBlocking(() => 'output')).unwrap()).toBe('output');
});

// loom_multi_thread.rs: group_b::poll_drop_handle_then_drop
test('multi-thread-work-stealing/22 a handle that was polled once and forgotten keeps nothing, and its task runs', async () => {
  const ran = new Int32Array(new SharedArrayBuffer(4));
  const handle = thread.spawn((ran) => Atomics.store(ran, 0, 1), ran);
  const waiting = step(handle);
  expect(waiting.poll()).toBe(PENDING);
  waiting.drop();
  (await handle).unwrap();
  expect([ran[0], waiting.isWoken()]).toEqual([1, false]);
});

// loom_multi_thread.rs: group_b::complete_block_on_under_load
test('multi-thread-work-stealing/23 the root of another thread ends though a task of it keeps yielding', async () => {
  const handle = thread.spawn(async () => {
    const { spawn, sleep, yieldNow } = await import('@heddle/runtime');
    spawn(function* () {
      for (;;) yield* yieldNow();
    });
    await sleep(1);
    return 'done';
  });
  expect((await handle).unwrap()).toBe('done');
});

// loom_multi_thread.rs: group_b::shutdown_with_notification
test('multi-thread-work-stealing/24 what a thread sends while a runtime ends harms nobody', async () => {
  for (let round = 0; round < 5; round += 1) {
    const runtime = new Runtime();
    const [tx, rx] = thread.channel<number>({ capacity: 1 });
    const waits = runtime.spawn(async () => rx.recv());
    const sends = thread.spawn((tx) => {
      tx.trySend(1);
    }, tx);
    await runtime.shutdown();
    expect(waits.isFinished()).toBe(true);
    (await sends).unwrap();
  }
});

// loom_multi_thread.rs: group_d::pool_multi_notify
test('multi-thread-work-stealing/25 a task that is woken twice by another goes on both times', async () => {
  const { host, spawn } = byHand();
  const [tx, rx] = mpsc.channel<number>(1);
  const got: (number | undefined)[] = [];
  spawn(function* () {
    got.push(yield* rx.recv());
    got.push(yield* rx.recv());
  });
  await host.settle();
  spawn(function* () {
    yield* tx.send(1);
    yield* tx.send(2);
  });
  await host.settle();
  expect(got).toEqual([1, 2]);
});

// loom_local.rs: wake_during_shutdown
test('multi-thread-work-stealing/27 what is woken from outside while its runtime ends leaves nothing in the queue', async () => {
  const made = byHand();
  const token = new CancellationToken();
  made.spawn(function* () {
    yield* token.cancelled();
  });
  await made.host.settle();
  const ended = made.runtime.shutdown();
  token.cancel();
  await made.host.settle();
  await ended;
  expect(made.runtime.metrics()).toMatchObject({ numAliveTasks: 0, queueDepth: 0 });
});

// task.rs: create_shutdown1, create_shutdown2
test('multi-thread-work-stealing/29 a task that stands in the queue at the shutdown never runs, with a handle or without', async () => {
  const made = byHand();
  let ran = 0;
  const body = function* () {
    ran += 1;
  };
  const kept = made.spawn(body);
  made.spawn(body).detach();
  await shutDown(made);
  expect([ran, await outcomeOf(kept), made.runtime.metrics().numAliveTasks]).toEqual([0, 'cancelled', 0]);
});

// task.rs: shutdown, shutdown_immediately
test.each([0, 1])(
  'multi-thread-work-stealing/30 a task that yields for ever is ended by a shutdown after %i turns',
  async (turns) => {
    const made = byHand({ eventInterval: 1 });
    let steps = 0;
    const yields = made.spawn(function* () {
      for (;;) {
        steps += 1;
        yield* yieldNow();
      }
    });
    for (let turn = 0; turn < turns; turn += 1) made.host.turn();
    await shutDown(made);
    expect([steps, await outcomeOf(yields)]).toEqual([turns, 'cancelled']);
  },
);
