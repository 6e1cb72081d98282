import {
  type JoinHandle,
  join,
  main,
  Runtime,
  setPanicHook,
  sleep,
  spawn,
  spawnBlocking,
  thread,
  timeout,
} from '@heddle/runtime';
import { Instant } from '@heddle/runtime/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deviates } from '../deviates.js';

/**
 * What tokio promises of `spawn_blocking` and `block_in_place`, row by row. Over each test stands its source; "here" says
 * where this library decides otherwise, and then the test is of what it decides.
 *
 * There is no `block_in_place`: it would hand the other tasks of this thread to another one, and a task of JavaScript
 * cannot leave its isolate. What blocks goes to `spawnBlocking` or `thread.spawn`; what blocks this thread all the same
 * (`blockingJoin`, `park`) is refused where tasks would stand still.
 */
beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

// tokio task_blocking.rs: block_in_blocking, block_in_block
test('spawn-blocking-block-in-place/1 a blocking job may start another, wait for it by blocking or awaiting, and return its value', async () => {
  const handle = spawnBlocking(async () => {
    const { spawnBlocking, thread } = await import('@heddle/runtime');
    const inner = (await spawnBlocking((n: number) => n + 1, 1)).unwrap();
    return (
      inner +
      thread
        .spawn((n: number) => n + 1, 10)
        .blockingJoin()
        .unwrap()
    );
  });
  expect((await handle).unwrap()).toBe(13);
});

// tokio task_blocking.rs: no_block_in_current_thread_scheduler, no_block_in_current_thread_block_on. Here a wait for
// what may never come is refused, and a join where another task would stand still.
test('spawn-blocking-block-in-place/2 blocking the thread of a runtime throws, in a task and in the body of main', async ({
  task,
}) => {
  deviates(task, 'noBlockingHere');
  const [, receiver] = thread.channel<number>({ capacity: 1 });
  const refused = new Error(
    'receiver.blockingRecv: the main thread cannot be blocked. Write `await receiver.recv()`.',
  );
  const inTask = await spawn(async () => receiver.blockingRecv());
  expect(inTask.ok ? inTask : inTask.error.cause).toEqual(refused);
  await expect(main(async () => receiver.blockingRecv())).rejects.toThrow(refused);
});

// The same.
test('spawn-blocking-block-in-place/2 a join that blocks throws where other tasks would stand still, in a task and in the body of main', async ({
  task,
}) => {
  deviates(task, 'noBlockingHere');
  const joined = thread.spawn(() => 1);
  const refused = new Error(
    'handle.blockingJoin: this thread has 1 other task, which would not run meanwhile. Write `await handle`.',
  );
  const other = spawn(() => sleep(3_600_000));
  const result = await spawn(async () => joined.blockingJoin());
  expect(result.ok ? result : result.error.cause).toEqual(refused);
  other.abort();
  await other;
  (await joined).unwrap();

  const root = main(async () => {
    spawn(() => sleep(3_600_000));
    return thread.spawn(() => 1).blockingJoin();
  });
  await expect(root).rejects.toThrow(refused);
});

// tokio task_blocking.rs: yes_block_in_threaded_block_on
test('spawn-blocking-block-in-place/3 blocking in the body of main, which is the only task, just blocks', async () => {
  const value = await main(async () =>
    thread
      .spawn(() => 'joined')
      .blockingJoin()
      .unwrap(),
  );
  expect(value).toBe('joined');
});

// tokio task_blocking.rs: useful_panic_message_when_dropping_rt_in_rt
test('spawn-blocking-block-in-place/4 a runtime that is shut down by one of its own tasks says that it would wait for itself', async () => {
  const runtime = new Runtime();
  const result = await runtime.spawn(async () => runtime.shutdown());
  expect(result.ok ? result : result.error.cause).toEqual(
    new Error('Runtime.shutdown: called from a task of this runtime, which would wait for itself.'),
  );
  await runtime.shutdown();
});

// tokio task_blocking.rs: can_shutdown_with_zero_timeout_in_runtime, can_shutdown_now_in_runtime
test('spawn-blocking-block-in-place/5 another runtime may be shut down from inside a task, waiting for nothing', async () => {
  const result = await spawn(async () => {
    const runtime = new Runtime();
    const left = runtime.spawn(() => sleep(3_600_000));
    await runtime.shutdown({ timeoutMs: 0 });
    return (await left).ok;
  });
  expect(result.unwrap()).toBe(false);
});

// tokio task_blocking.rs: coop_disabled_in_block_in_place, coop_disabled_in_block_in_place_in_block_on. Here what
// blocks is a job: it receives without a budget, in one poll.
test('spawn-blocking-block-in-place/6 a blocking job drains 200 ready items of a channel in one poll, and finishes', async ({
  task,
}) => {
  deviates(task, 'noBlockingHere');
  const [sender, receiver] = thread.channel<number>({ capacity: 200 });
  for (let n = 0; n < 200; n += 1) sender.trySend(n);
  const handle = spawnBlocking((items) => {
    let received = 0;
    while (received < 200 && items.blockingRecv() === received) received += 1;
    return received;
  }, receiver);
  expect((await handle).unwrap()).toBe(200);
});

// tokio loom_blocking.rs: spawn_blocking_when_paused
test('spawn-blocking-block-in-place/7 two blocking jobs end before a deadline on a stopped clock, which jumps when nothing else is waited for', async () => {
  const runtime = new Runtime({ startPaused: true });
  const handle = runtime.spawn(function* () {
    const start = Instant.now();
    const jobs = join(
      runtime.spawnBlocking(() => 1),
      runtime.spawnBlocking(() => 2),
    );
    const [left, right] = (yield* timeout(1, jobs)).unwrap();
    const whileTheyRan = start.elapsed();
    // Without a job the same deadline comes before the end of a sleep, and no time passes until then.
    const late = yield* timeout(1, sleep(1_000));
    return [left.unwrap() + right.unwrap(), whileTheyRan, late.ok, start.elapsed()];
  });
  expect((await handle).unwrap()).toEqual([3, 0, false, 1]);
  await runtime.shutdown();
});

// tokio loom_blocking.rs: spawn_blocking_then_shutdown
test('spawn-blocking-block-in-place/8 a job that is handed to an idle thread settles, though its runtime is shut down at that moment', async () => {
  for (let round = 0; round < 5; round += 1) {
    const runtime = new Runtime({ blocking: { maxThreads: 1 } });
    (await runtime.spawnBlocking(() => 'warm')).unwrap();
    const handle = runtime.spawnBlocking(() => 'ran');
    const ended = runtime.shutdown();
    expect(await endOf(handle)).toMatch(/^(ran|cancelled)$/);
    await ended;
  }
});

// tokio loom_blocking.rs: spawn_blocking_racing_shutdown_resolves
test('spawn-blocking-block-in-place/9 whenever a runtime is shut down, each job that was spawned has run or is cancelled', async () => {
  for (let turns = 0; turns < 6; turns += 1) {
    const runtime = new Runtime({ blocking: { maxThreads: 2 } });
    const handles = [1, 2, 3, 4].map((n) => runtime.spawnBlocking((n: number) => `ran ${n}`.slice(0, 3), n));
    for (let turn = 0; turn < turns * 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const ended = runtime.shutdown();
    const late = runtime.spawnBlocking(() => 'ran');
    for (const handle of handles) expect(await endOf(handle)).toMatch(/^(ran|cancelled)$/);
    expect(await endOf(late)).toBe('cancelled');
    await ended;
  }
});

async function endOf(handle: JoinHandle<unknown>): Promise<unknown> {
  const result = await handle;
  return result.ok ? result.value : result.error.kind;
}
