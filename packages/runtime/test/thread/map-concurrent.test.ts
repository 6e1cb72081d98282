import { blocking, mapConcurrent, spawnBlocking, tasksFrom, thread } from '@heddle/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const spawners = {
  'thread.spawn': thread.spawn,
  'thread.builder().spawn': thread.builder({ name: 'mapped' }).spawn,
  spawnBlocking,
  'blocking.builder().spawn': blocking.builder({ name: 'mapped' }).spawn,
};

it.each(Object.entries(spawners))(
  'runs on the threads of %s, and gives the values in order',
  async (_, spawn) => {
    const values: number[] = [];
    for await (const value of mapConcurrent([3, 2, 1], (n: number) => n * n, { concurrency: 2, spawn }))
      values.push(value);
    expect(values).toEqual([9, 4, 1]);
  },
);

it('resolves an import inside the function from the file that called mapConcurrent, whenever the task begins', async () => {
  async function* later() {
    for (const n of [1, 2]) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield n;
    }
  }
  const load = async (n: number) => {
    const { twice } = await import('./modules/twice.mjs');
    return twice(n);
  };
  const values: number[] = [];
  for await (const value of mapConcurrent(later(), load, { concurrency: 2, spawn: thread.spawn }))
    values.push(value);
  expect(values).toEqual([2, 4]);
});

it('takes a reference to the function of a module', async () => {
  const { twice } = tasksFrom<{ twice(n: number): number }>(new URL('./modules/twice.mjs', import.meta.url));
  const values: number[] = [];
  for await (const value of mapConcurrent([1, 2], twice, { concurrency: 2, spawn: spawnBlocking }))
    values.push(value);
  expect(values).toEqual([2, 4]);
});

it('throws the error of a thread, and ends the threads that run', async () => {
  const words = new Int32Array(new SharedArrayBuffer(4));
  const work = async (n: number, words: Int32Array) => {
    if (n === 1) {
      while (Atomics.load(words, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      throw new RangeError('boom');
    }
    Atomics.store(words, 0, 1);
    await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  };
  const spawn = ((fn: typeof work, n: number) => thread.spawn(fn, n, words)) as never;
  const results = mapConcurrent([1, 2], work as (n: number) => Promise<void>, { concurrency: 2, spawn });
  await expect(results.next()).rejects.toThrow(new RangeError('boom'));
  expect(thread.metrics().threadsAlive).toBe(0);
});

it('is thrown the refusal of a function that cannot cross', async () => {
  const limit = 3;
  const results = mapConcurrent([1], (n: number) => n + limit, { concurrency: 1, spawn: thread.spawn });
  await expect(results.next()).rejects.toThrow(
    'thread.spawn: this function uses "limit" from its surroundings',
  );
});
