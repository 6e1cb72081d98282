import { move, Runtime, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';

const deep = tasksFrom<{
  listOf(length: number): unknown;
  roomLeft(room: unknown): number;
  parkFor(words: Int32Array): number;
}>(new URL('./modules/deep.mjs', import.meta.url));
const runtime = new Runtime({ blocking: { maxThreads: 1 } });

beforeAll(() => setPanicHook(() => undefined));
afterAll(async () => {
  setPanicHook(null);
  await runtime.shutdown();
});

// A worker's stack is four times as large as the main thread's, so it writes what cannot be read here.
const LENGTH = 3_000;

test('a result that cannot be read here is a panic, and the next job has a thread', async () => {
  const result = await runtime.spawnBlocking(deep.listOf, LENGTH);
  expect(result).toMatchObject({ ok: false, error: { kind: 'panic' } });
  expect((await runtime.spawnBlocking(() => 1)).unwrap()).toBe(1);
  expect(runtime.blocking.metrics()).toMatchObject({ numBlockingThreads: 1, panicked: 1, crashed: 0 });
});

test('nor does a blocked joiner fail of it, and it agrees with who awaits', async () => {
  const handle = thread.spawn(deep.listOf, LENGTH);
  const blocked = handle.blockingJoin();
  expect(blocked).toMatchObject({ ok: false, error: { kind: 'panic' } });
  expect(await handle).toBe(blocked);
});

test('a call that could not be delivered is no reason to lose the ones after it', async () => {
  const fresh = new Runtime({ blocking: { maxThreads: 1 } });
  const { port1, port2 } = new MessageChannel();
  const lost = fresh.spawnBlocking(deep.roomLeft, move(port1));
  // While the thread boots, the port goes away with its other end.
  port2.close();
  await lost;
  expect((await fresh.spawnBlocking(() => 'next')).unwrap()).toBe('next');
  await fresh.shutdown();
});

test('the token of an abort is not left to the next job', async () => {
  const polite = runtime.blocking.builder({ graceMs: 60_000 });
  const words = new Int32Array(new SharedArrayBuffer(4));
  const asked = polite.spawn(async (words) => {
    const { task } = await import('@heddle/runtime');
    Atomics.store(words, 0, 1);
    while (!task.isAborted());
  }, words);
  while (Atomics.load(words, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  asked.abort();
  await asked;

  const both = new Int32Array(new SharedArrayBuffer(8));
  const parked = runtime.spawnBlocking(deep.parkFor, both);
  while (Atomics.load(both, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  Atomics.store(both, 1, 1);
  // Nobody unparks it, but for the end of its job.
  parked.abort();
  expect(await parked).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
});

test('a runtime that is shut down closes the end of a channel that it was given', async () => {
  const [sender, receiver] = thread.channel<number>({ capacity: 1 });
  const closed = new Runtime();
  await closed.shutdown();
  const refused = closed.spawnBlocking((sender) => sender.close(), sender);
  expect(await refused).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  expect(await receiver.recv()).toBeUndefined();
});
