import { setTimeout as sleep } from 'node:timers/promises';
import { type JoinHandle, Runtime, spawn, tasksFrom, thread } from '@heddle/runtime';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';

const { add, spinUntilAborted } = tasksFrom<{
  add: (a: number, b: number) => number;
  spinUntilAborted: (words: Int32Array) => string;
}>(new URL('../thread/modules/tasks.mjs', import.meta.url));
let runtime: Runtime;
const withPool = (blocking: { maxThreads?: number; maxQueue?: number }) => {
  runtime = new Runtime({ blocking });
  return runtime;
};
afterEach(() => runtime.shutdown());

/** Holds the one thread of a pool until the gate is opened. */
function holdUp(): () => void {
  const gate = words();
  runtime.spawnBlocking((gate: Int32Array) => void Atomics.wait(gate, 0, 0), gate).detach();
  return () => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
}
const words = (length = 1) => new Int32Array(new SharedArrayBuffer(4 * length));

test('equal priorities are first come first served, a higher one goes before', async () => {
  withPool({ maxThreads: 1 });
  const open = holdUp();
  const order = words(7);
  const handles = [1, 2, 3, 4, 5, 6].map((me) => {
    const spawnIt = me % 3 === 0 ? runtime.blocking.builder({ priority: 1 }).spawn : runtime.spawnBlocking;
    return spawnIt(
      (order: Int32Array, me: number) => {
        order[Atomics.add(order, 0, 1) + 1] = me;
      },
      order,
      me,
    );
  });
  open();
  for (const handle of handles) (await handle).unwrap();
  expect([...order].slice(1)).toEqual([3, 6, 1, 2, 4, 5]);
});

test('a job that is aborted in the queue leaves it at once, and never begins', async () => {
  withPool({ maxThreads: 1 });
  const open = holdUp();
  const begun = words();
  const handle = runtime.spawnBlocking((begun: Int32Array) => void Atomics.store(begun, 0, 1), begun);
  handle.abort('enough');
  expect([handle.isFinished(), runtime.blocking.metrics().blockingQueueDepth <= 1]).toEqual([true, true]);
  expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'enough' } });
  open();
  (await runtime.spawnBlocking(add, 1, 2)).unwrap();
  expect(begun[0]).toBe(0);
});

test('deadlineMs ends a job that still waits, and one that runs', async () => {
  withPool({ maxThreads: 1 });
  const late = runtime.blocking.builder({ deadlineMs: 5 });
  const open = holdUp();
  const queued = await late.spawn(add, 1, 2);
  expect(queued).toMatchObject({
    ok: false,
    error: { kind: 'cancelled', cause: { message: 'deadlineMs: 5 ms have passed' } },
  });
  open();
  expect(await late.spawn(spinUntilAborted, words())).toMatchObject({
    ok: false,
    error: { kind: 'cancelled' },
  });
});

test('timeoutMs counts from the beginning of the body, not from the spawn', async () => {
  withPool({ maxThreads: 1 });
  const open = holdUp();
  const limited = runtime.blocking.builder({ timeoutMs: 2_000 });
  const queued = limited.spawn(add, 1, 2);
  setTimeout(open, 30);
  expect((await queued).unwrap()).toBe(3);
  const brief = runtime.blocking.builder({ timeoutMs: 5 });
  expect(await brief.spawn(spinUntilAborted, words())).toMatchObject({
    ok: false,
    error: { kind: 'cancelled', cause: { message: 'timeoutMs: 5 ms have passed' } },
  });
});

test('a body that ends in its grace keeps its thread; one that does not is terminated and replaced', async () => {
  withPool({ maxThreads: 1 });
  const threadOf = async () =>
    (await runtime.spawnBlocking(async () => (await import('node:worker_threads')).threadId)).unwrap();
  const first = await threadOf();
  const begun = words();
  const asked = runtime.blocking.builder({ graceMs: 60_000 }).spawn(spinUntilAborted, begun);
  while (Atomics.load(begun, 0) === 0) await sleep(1);
  asked.abort();
  expect(await asked).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect([begun[0], await threadOf()]).toEqual([2, first]);

  const deaf = runtime.blocking.builder({ graceMs: 0 }).spawn((begun: Int32Array) => {
    Atomics.store(begun, 0, 3);
    for (;;);
  }, begun);
  while (Atomics.load(begun, 0) !== 3) await sleep(1);
  deaf.abort();
  expect(await deaf).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(await threadOf()).not.toBe(first);
});

test('a full queue refuses at the call, and ready() waits for room, for each in turn', async () => {
  withPool({ maxThreads: 1, maxQueue: 1 });
  const open = holdUp();
  const queued = runtime.spawnBlocking(add, 1, 2);
  expect(() => runtime.spawnBlocking(add, 1, 2)).toThrow(RangeError);
  expect(() => runtime.spawnBlocking(add, 1, 2)).toThrow(
    '1 jobs wait for a thread, which is the most that maxQueue allows',
  );
  const producers = Array.from({ length: 20 }, (_, n) =>
    spawn(async () => {
      await runtime.blocking.ready();
      return (await runtime.spawnBlocking(add, n, n)).unwrap();
    }),
  );
  const left = spawn(() => runtime.blocking.ready());
  await sleep(1);
  left.abort();
  open();
  for (const [n, producer] of producers.entries()) expect((await producer).unwrap()).toBe(2 * n);
  expect((await queued).unwrap()).toBe(3);
});

test('70,000 jobs wait at once, and each gives its own value', async () => {
  withPool({ maxQueue: 70_000 });
  const handles = Array.from({ length: 70_000 }, (_, n) => runtime.spawnBlocking(add, n, 1));
  let wrong = 0;
  for (const [n, handle] of handles.entries()) if ((await handle).unwrap() !== n + 1) wrong += 1;
  expect(wrong).toBe(0);
});

test('what the caller does to an argument after the call is not part of the job', async () => {
  withPool({ maxThreads: 1 });
  const open = holdUp();
  const list = [1, 2];
  const handle = runtime.spawnBlocking((list: number[]) => list.length, list);
  list.push(3);
  open();
  expect((await handle).unwrap()).toBe(2);
});

test('an interval in an idle thread goes on ticking', async () => {
  withPool({ maxThreads: 1 });
  const ticks = words();
  (
    await runtime.spawnBlocking((ticks: Int32Array) => {
      setInterval(() => Atomics.add(ticks, 0, 1), 1);
    }, ticks)
  ).unwrap();
  const before = Atomics.load(ticks, 0);
  while (Atomics.load(ticks, 0) < before + 5) await sleep(1);
  expect(runtime.blocking.metrics().numIdleBlockingThreads).toBe(1);
});

test('whoever is aborted and whenever, all others give their own value, and no thread is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ busyMs: fc.nat(4), abortAfterMs: fc.option(fc.nat(12)), graceMs: fc.nat(2) }), {
        minLength: 1,
        maxLength: 24,
      }),
      async (jobs) => {
        withPool({ maxThreads: 2 });
        const all: [JoinHandle<number>, boolean][] = jobs.map(({ busyMs, abortAfterMs, graceMs }, n) => {
          const handle = runtime.blocking.builder({ graceMs }).spawn(
            (n: number, busyMs: number) => {
              const until = performance.now() + busyMs;
              while (performance.now() < until);
              return n;
            },
            n,
            busyMs,
          );
          if (abortAfterMs !== null) setTimeout(() => handle.abort(), abortAfterMs);
          return [handle, abortAfterMs !== null];
        });
        for (const [n, [handle, aborted]] of all.entries()) {
          const result = await handle;
          if (result.ok) expect(result.value).toBe(n);
          else expect([aborted, result.error.kind]).toEqual([true, 'cancelled']);
        }
        const meet = words();
        const both = [1, 2].map(() =>
          runtime.spawnBlocking((meet: Int32Array) => {
            Atomics.add(meet, 0, 1);
            while (Atomics.load(meet, 0) < 2);
          }, meet),
        );
        for (const handle of both) (await handle).unwrap();
        expect(runtime.blocking.metrics()).toMatchObject({ numBlockingThreads: 2, blockingQueueDepth: 0 });
        await runtime.shutdown();
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);

test('an end of a channel that waits in the queue still gives what was sent before its other end closed', async () => {
  withPool({ maxThreads: 1 });
  const open = holdUp();
  const [sender, receiver] = thread.channel<number>({ capacity: 4 });
  await sender.send(1);
  await sender.send(2);
  const handle = runtime.spawnBlocking(async (from: AsyncIterable<number>) => {
    const got: number[] = [];
    for await (const value of from) got.push(value);
    return got;
  }, receiver);
  sender.close();
  // The other end hears of that from the event loop.
  await sleep(20);
  open();
  expect((await handle).unwrap()).toEqual([1, 2]);
});
