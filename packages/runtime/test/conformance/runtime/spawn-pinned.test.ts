import { Runtime, setPanicHook, thread } from '@heddle/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * What tokio-util promises of its pool of local runtimes. Here `spawnBlocking` has such a pool: a job may be async, and
 * stays on the thread that began it. Over each test stands its source.
 */
beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

// spawn_pinned.rs: can_drop_future_and_still_get_output
test('spawn-pinned-localpoolhandle/1 a job whose handle is forgotten runs to its end', async () => {
  const runtime = new Runtime();
  const [tx, rx] = thread.channel<string>({ capacity: 1 });
  runtime
    .spawnBlocking(async (tx) => {
      const { sleep } = await import('@heddle/runtime');
      await sleep(1);
      tx.trySend('ran');
    }, tx)
    .detach();
  expect(await rx.recv()).toBe('ran');
  await runtime.shutdown();
});

// spawn_pinned.rs: cannot_create_zero_sized_pool
test('spawn-pinned-localpoolhandle/2 a pool of no threads is refused', () => {
  expect(() => new Runtime({ blocking: { maxThreads: 0 } })).toThrow(RangeError);
});

// spawn_pinned.rs: task_panic_propagates, callback_panic_does_not_kill_worker
test('spawn-pinned-localpoolhandle/3 a throw, at once or later, is a panic with its message, and the thread goes on', async () => {
  const runtime = new Runtime({ blocking: { maxThreads: 1 } });
  const threadOf = () => runtime.spawnBlocking(async () => (await import('node:worker_threads')).threadId);
  const before = (await threadOf()).unwrap();
  const throws = [
    runtime.spawnBlocking(() => {
      throw new Error('at once');
    }),
    runtime.spawnBlocking(async () => {
      await null;
      throw new Error('later');
    }),
  ];
  for (const [at, message] of ['at once', 'later'].entries()) {
    const result = await throws[at];
    expect(result?.ok === false && result.error.intoPanic()).toMatchObject({ message });
  }
  expect((await threadOf()).unwrap()).toBe(before);
  await runtime.shutdown();
});

// spawn_pinned.rs: tasks_are_balanced
test('spawn-pinned-localpoolhandle/4 a job goes to a thread that has none, beside one that is busy', async () => {
  const runtime = new Runtime({ blocking: { maxThreads: 2 } });
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const [tx, rx] = thread.channel<number>({ capacity: 2 });
  const busy = runtime.spawnBlocking(
    async (tx, gate) => {
      tx.trySend((await import('node:worker_threads')).threadId);
      Atomics.wait(gate, 0, 0);
    },
    tx,
    gate,
  );
  const busyOn = await rx.recv();
  const other = runtime.spawnBlocking(async () => (await import('node:worker_threads')).threadId);
  expect((await other).unwrap()).not.toBe(busyOn);
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  (await busy).unwrap();
  await runtime.shutdown();
});
