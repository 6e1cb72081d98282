import { setImmediate as nextTurn } from 'node:timers/promises';
import { thread } from '@heddle/runtime';
import { afterEach, expect, test } from 'vitest';
import { run } from './run-program.js';

afterEach(() => thread.prewarm(0));

test('a spare serves one spawn, and is replaced', async () => {
  await thread.prewarm(1);
  const before = thread.metrics();
  const marks = [];
  for (let n = 0; n < 3; n += 1) {
    await thread.prewarm(1);
    marks.push(
      (
        await thread.spawn(() => {
          const seen = Reflect.get(globalThis, 'seen');
          Reflect.set(globalThis, 'seen', true);
          return seen;
        })
      ).unwrap(),
    );
  }
  expect(marks).toEqual([undefined, undefined, undefined]);
  expect(thread.metrics().sparesTaken - before.sparesTaken).toBe(3);
});

test('more spawns than spares start threads of their own', async () => {
  await thread.prewarm(2);
  const { sparesTaken } = thread.metrics();
  const handles = [1, 2, 3, 4].map((n) => thread.spawn((of) => of * 2, n));
  expect(thread.metrics().sparesTaken - sparesTaken).toBe(2);
  const values = [];
  for (const handle of handles) values.push((await handle).unwrap());
  expect(values).toEqual([2, 4, 6, 8]);
});

test('a spare that still boots can be taken', async () => {
  const booting = thread.prewarm(1);
  const handle = thread.spawn(() => 'ran');
  expect(thread.metrics().sparesAlive).toBe(0);
  await booting;
  expect((await handle).unwrap()).toBe('ran');
});

test('memory limits are given at birth, so a spawn with them takes no spare', async () => {
  await thread.prewarm(1);
  const { sparesTaken } = thread.metrics();
  const limited = thread.builder({ resourceLimits: { maxOldGenerationSizeMb: 64 } });
  const limits = await limited.spawn(async () => {
    const { resourceLimits } = await import('node:worker_threads');
    return resourceLimits.maxOldGenerationSizeMb;
  });
  expect(limits.unwrap()).toBe(64);
  expect(thread.metrics()).toMatchObject({ sparesAlive: 1, sparesTaken });
});

test('a spare has run nothing: its task has the id, the name and the counters of a first one', async () => {
  await thread.prewarm(1);
  const handle = thread.builder({ name: 'first' }).spawn(async () => {
    const { Runtime, task, thread } = await import('@heddle/runtime');
    const { spawnedTasksCount, numAliveTasks } = Runtime.current().metrics();
    return { id: task.id(), spawnedTasksCount, numAliveTasks, ...thread.metrics() };
  });
  expect((await handle).unwrap()).toMatchObject({
    id: handle.id,
    spawnedTasksCount: 1,
    numAliveTasks: 1,
    threadsStarted: 0,
  });
});

test('an abort finds a job on a spare as on any thread', async () => {
  await thread.prewarm(2);
  // It may have begun by then: a spare needs no more than a message.
  const early = thread.builder({ graceMs: 0 }).spawn(() => new Promise<void>(() => undefined));
  early.abort('at once');
  const running = thread.builder({ graceMs: 0 }).spawn((words) => {
    Atomics.store(words, 0, 1);
    Atomics.notify(words, 0);
    for (;;);
  }, new Int32Array(words));
  while (Atomics.load(new Int32Array(words), 0) === 0) await nextTurn();
  running.abort();
  expect(await early).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'at once' } });
  expect(await running).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
});

const words = new SharedArrayBuffer(4);

test('fewer spares are kept when fewer are asked for', async () => {
  await thread.prewarm(3);
  expect(thread.metrics().sparesAlive).toBe(3);
  await thread.prewarm(1);
  expect(thread.metrics().sparesAlive).toBe(1);
  await thread.prewarm(0);
  expect(thread.metrics().sparesAlive).toBe(0);
});

test.each([-1, 1.5, 257, Number.NaN, '2'])('%j spares are refused', (count) => {
  expect(() => thread.prewarm(count as number)).toThrow(RangeError);
});

test('spares let the process end', async () => {
  const { stdout, code } = await run('spares-end');
  expect([stdout, code]).toEqual(['the process ended\n', 0]);
});
