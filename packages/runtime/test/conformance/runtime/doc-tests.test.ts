import { main, Runtime, spawn, spawnBlocking, thread, yieldNow } from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { Barrier } from '@heddle/runtime/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** The examples in tokio's documentation of its runtimes. Over each test stands its source. */
beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

// handle.rs: doc@178, doc@215
test('doc-tests-runtime/1 tasks and jobs are spawned onto a runtime from outside', async () => {
  const runtime = new Runtime();
  expect((await runtime.spawn(async () => 'a task')).unwrap()).toBe('a task');
  expect((await runtime.spawnBlocking(() => 'a job')).unwrap()).toBe('a job');
  await runtime.shutdown();
});

// handle.rs: doc@441, doc@450. Here every runtime has one thread.
test('doc-tests-runtime/2 a runtime says of which flavor it is: there is one', ({ task }) => {
  deviates(task, 'oneIsolate');
  expect(new Runtime().flavor).toBe('current-thread');
  expect(Runtime.current().flavor).toBe('current-thread');
});

// runtime.rs: doc@159, doc@193, doc@227, doc@263, doc@328
test('doc-tests-runtime/3 a runtime is made, spawned onto, waited for and ended', async () => {
  const runtime = new Runtime();
  const root = runtime.spawn(async () => {
    const [task, job] = [spawn(() => 1), spawnBlocking(() => 2)];
    return (await task).unwrap() + (await job).unwrap();
  });
  expect((await root).unwrap()).toBe(3);
  await runtime.shutdown();
});

// runtime.rs: doc@435. Here the thread that is left behind is terminated.
test('doc-tests-runtime/4 a shutdown with a limit returns though a job sleeps for hours', async ({
  task,
}) => {
  deviates(task, 'abortStopsBlocking');
  const runtime = new Runtime();
  const job = runtime.spawnBlocking(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000_000);
  });
  await runtime.shutdown({ timeoutMs: 100 });
  expect(job.isFinished()).toBe(true);
});

// runtime.rs: doc@478
test('doc-tests-runtime/5 a runtime is shut down in the background from inside a task, of another one or its own', async () => {
  const [outer, inner] = [byHand(), byHand()];
  const left = inner.spawn(() => new Promise(() => undefined));
  const root = outer.spawn(async () => {
    inner.runtime.shutdownBackground();
    return 'went on';
  });
  await outer.host.settle();
  expect(await outcomeOf(root)).toBe('went on');
  await inner.host.advance(0);
  expect(await outcomeOf(left)).toMatch(/^cancelled/);

  const ends = outer.spawn(function* () {
    outer.runtime.shutdownBackground();
    yield* yieldNow();
    return 'unreachable';
  });
  await outer.host.advance(0);
  expect(await outcomeOf(ends)).toBe('cancelled');
});

// builder.rs: doc@182
test('doc-tests-runtime/6 with unhandledPanic "ignore" one task panics and the other is done', async () => {
  const { host, spawn } = byHand({ unhandledPanic: 'ignore' });
  const panics = spawn(() => Promise.reject(new Error('boom')));
  const other = spawn(function* () {
    yield* yieldNow();
    return 'done';
  });
  await host.settle();
  expect([await outcomeOf(panics), await outcomeOf(other)]).toEqual(['panic boom', 'done']);
});

// builder.rs: doc@221, doc@1348. Here who waits gets it from the handle: there is no block_on.
test('doc-tests-runtime/7 with unhandledPanic "shutdown-runtime" whoever waits is thrown why', async () => {
  const { host, spawn } = byHand({ unhandledPanic: 'shutdown-runtime' });
  const root = spawn(() => new Promise(() => undefined));
  spawn(() => Promise.reject(new Error('boom')));
  await host.advance(1000);
  await expect(root.unwrap()).rejects.toThrow('configured to shut down on unhandled panic');
});

// builder.rs: doc@753, doc@781, doc@816, doc@848, doc@895
test('doc-tests-runtime/8 the hooks of a thread are called, and a task that onPark spawns meets another one', async () => {
  const calls: string[] = [];
  const barrier = new Barrier(2);
  let spawned = false;
  const { host, runtime, spawn } = byHand({
    onThreadStart: () => void calls.push('start'),
    onThreadStop: () => void calls.push('stop'),
    onUnpark: () => void calls.push('unpark'),
    onPark: () => {
      calls.push('park');
      if (spawned) return;
      spawned = true;
      runtime.spawn(() => barrier.wait());
    },
  });
  const waits = spawn(function* () {
    yield* barrier.wait();
    return 'met';
  });
  await host.settle();
  expect(await outcomeOf(waits)).toBe('met');
  await runtime.shutdown();
  expect(calls).toEqual(['start', 'unpark', 'park', 'unpark', 'park', 'stop']);
});

/** Serves one connection, giving back what comes. */
async function serveEcho(listener: TcpListener): Promise<void> {
  const stream = await listener.accept();
  for (let chunk = await stream.read(); chunk !== undefined; chunk = await stream.read()) {
    await stream.writeAll(chunk);
  }
  stream.close();
}

/** Starts an echo server, and says something to it. */
async function echo(): Promise<string> {
  const listener = await TcpListener.bind('127.0.0.1:0');
  const server = spawn(serveEcho, listener);
  const stream = await TcpStream.connect(listener.localAddr());
  await stream.writeAll('hello');
  const answer = await stream.readExact(5);
  stream.close();
  (await server).unwrap();
  listener.close();
  return Buffer.from(answer).toString();
}

// mod.rs: doc@67, doc@113
test('doc-tests-runtime/9 an echo server runs in main, and on a runtime of its own', async () => {
  expect(await main(echo)).toBe('hello');
  const runtime = new Runtime();
  expect((await runtime.spawn(echo)).unwrap()).toBe('hello');
  await runtime.shutdown();
});

// mod.rs: doc@172, doc@191, doc@583. Here both have one thread: this one, and one of their own.
test('doc-tests-runtime/10 a runtime with options is built, on this thread or on another, and its tasks know their worker', async ({
  task,
}) => {
  deviates(task, 'oneIsolate');
  const runtime = new Runtime({ eventInterval: 61, blocking: { maxThreads: 2 } });
  expect((await runtime.spawn(() => Runtime.workerIndex())).unwrap()).toBe(0);
  await runtime.shutdown();
  const onThread = thread.spawn(async () => {
    const { Runtime } = await import('@heddle/runtime');
    const runtime = new Runtime({ eventInterval: 61 });
    const index = (await runtime.spawn(() => Runtime.workerIndex())).unwrap();
    await runtime.shutdown();
    return index;
  });
  expect((await onThread).unwrap()).toBe(0);
});
