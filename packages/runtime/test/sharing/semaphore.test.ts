import { join, select, sleep, spawn, thread } from '@heddle/runtime';
import { SharedSemaphore } from '@heddle/runtime/thread';
import { describe, expect, test } from 'vitest';
import { reached, sharedWords } from './shared-words.js';

/** How many are inside, the most that ever were, and how often one was. */
const INSIDE = 0;
const MOST = 1;
const TIMES = 2;

/** Goes in and out, with one permit or two, and counts who is inside. */
function goInAndOut(semaphore: SharedSemaphore, words: Int32Array, times: number): void {
  for (let n = 0; n < times; n += 1) {
    const permit = semaphore.blockingAcquire(1 + (n % 2));
    const inside = Atomics.add(words, 0, permit.numPermits()) + permit.numPermits();
    for (let most = Atomics.load(words, 1); inside > most; most = Atomics.load(words, 1)) {
      Atomics.compareExchange(words, 1, most, inside);
    }
    Atomics.add(words, 2, 1);
    Atomics.sub(words, 0, permit.numPermits());
    permit.release();
  }
}

describe('never are more inside than there are permits', () => {
  test('of 4 threads', async () => {
    const semaphore = new SharedSemaphore(3);
    const words = sharedWords(3);
    const threads = [1, 2, 3, 4].map(() => thread.spawn(goInAndOut, semaphore, words, 20_000));
    for (const result of await join(...threads)) result.unwrap();
    expect([words[INSIDE], words[TIMES], semaphore.availablePermits()]).toEqual([0, 80_000, 3]);
    expect(words[MOST]).toBeLessThanOrEqual(3);
  });

  test('of threads that block and tasks that await', async () => {
    const semaphore = new SharedSemaphore(2);
    const words = sharedWords(3);
    const threads = [1, 2].map(() => thread.spawn(goInAndOut, semaphore, words, 5_000));
    const tasks = [1, 2].map((count) =>
      spawn(async () => {
        for (let n = 0; n < 500; n += 1) {
          const permit = await semaphore.acquire(count);
          const inside = Atomics.add(words, INSIDE, count) + count;
          if (inside > 2) throw new Error(`${inside} are inside`);
          await sleep(0);
          Atomics.sub(words, INSIDE, count);
          permit.release();
        }
      }),
    );
    for (const result of await join(...threads, ...tasks)) result.unwrap();
    expect(words[MOST]).toBeLessThanOrEqual(2);
    expect(semaphore.availablePermits()).toBe(2);
  });
});

describe('permits of a thread that ended come back', () => {
  test.each([
    ['by itself', () => undefined],
    ['by process.exit()', () => process.exit(3)],
    [
      'by a throw',
      () => {
        throw new Error('boom');
      },
    ],
  ])('%s', async (_, end) => {
    const semaphore = new SharedSemaphore(2);
    const body = `(semaphore) => { semaphore.blockingAcquire(2); return (${end})(); }`;
    const { setPanicHook } = await import('@heddle/runtime');
    setPanicHook(() => undefined);
    await thread.spawn(Function(`return ${body}`)() as (semaphore: SharedSemaphore) => void, semaphore);
    setPanicHook(null);
    const permit = await semaphore.acquire(2);
    expect(permit.numPermits()).toBe(2);
  });

  test.runIf(process.platform === 'linux')('by termination, on Linux', async () => {
    const semaphore = new SharedSemaphore(3);
    const words = sharedWords(1);
    const holds = (semaphore: SharedSemaphore, words: Int32Array) => {
      semaphore.blockingAcquire(3);
      Atomics.store(words, 0, 1);
      for (;;);
    };
    const holder = thread.builder({ graceMs: 0 }).spawn(holds, semaphore, words);
    await reached(words, 0, 1);
    const blocked = thread.spawn(
      (semaphore: SharedSemaphore) => semaphore.blockingAcquire(1).numPermits(),
      semaphore,
    );
    const awaited = spawn(async () => (await semaphore.acquire(2)).numPermits());
    holder.abort();
    expect((await holder).ok).toBe(false);
    expect([(await blocked).unwrap(), (await awaited).unwrap()]).toEqual([1, 2]);
  });
});

test('who needs many is woken when they are free, behind those who need one', async () => {
  const semaphore = new SharedSemaphore(3);
  const all = await semaphore.acquire(3);
  const many = thread.spawn((semaphore: SharedSemaphore) => {
    semaphore.blockingAcquire(3).release();
  }, semaphore);
  const tasks = [1, 2, 1].map((count) =>
    spawn(async () => {
      const permit = await semaphore.acquire(count);
      await sleep(0);
      permit.release();
    }),
  );
  await sleep(1);
  all.release();
  for (const result of await join(many, ...tasks)) result.unwrap();
  expect(semaphore.availablePermits()).toBe(3);
});

test('an acquire that is left loses no permit for the others', async () => {
  const semaphore = new SharedSemaphore(1);
  const only = await semaphore.acquire();
  const left = [1, 2, 3].map(() => spawn(async () => void (await semaphore.acquire())));
  const stays = spawn(async () => (await semaphore.acquire()).release());
  await sleep(0);
  left[0]?.abort();
  only.release();
  left[1]?.abort();
  left[2]?.abort();
  await join(...left);
  (await stays).unwrap();
  for (let n = 0; n < 100; n += 1) {
    const permit = semaphore.tryAcquire().unwrap();
    await select({ left: semaphore.acquire(), turn: sleep(0) });
    permit.release();
  }
  expect(semaphore.availablePermits()).toBe(1);
});

test('permits can be added, and then who waits has them', async () => {
  const semaphore = new SharedSemaphore(0);
  expect(semaphore.tryAcquire()).toMatchObject({ ok: false, error: 'no permits' });
  const blocked = thread.spawn(
    (semaphore: SharedSemaphore) => semaphore.blockingAcquire(2).numPermits(),
    semaphore,
  );
  const awaited = spawn(async () => (await semaphore.acquire()).numPermits());
  semaphore.addPermits(1);
  semaphore.addPermits(2);
  expect([(await blocked).unwrap(), (await awaited).unwrap()]).toEqual([2, 1]);
});

test('a permit gives back once', async () => {
  const semaphore = new SharedSemaphore(2);
  const permit = semaphore.tryAcquire(2).unwrap();
  permit.release();
  permit[Symbol.dispose]();
  expect([permit.numPermits(), semaphore.availablePermits()]).toEqual([0, 2]);
});

test('blocking for a limited time gives up when that is over', async () => {
  const semaphore = new SharedSemaphore(0);
  const tries = thread.spawn((semaphore: SharedSemaphore) => semaphore.tryAcquireFor(1).ok, semaphore);
  expect((await tries).unwrap()).toBe(false);
  expect(() => semaphore.tryAcquireFor(1)).toThrow(/the main thread cannot be blocked/);
});

test.each([
  [() => new SharedSemaphore(-1), RangeError],
  [() => new SharedSemaphore('1' as never), TypeError],
  [() => new SharedSemaphore(2 ** 29), RangeError],
  [() => new SharedSemaphore(1).acquire(0), RangeError],
  [() => new SharedSemaphore(1).tryAcquire(1.5), RangeError],
  [() => new SharedSemaphore(1).addPermits(2 ** 29 - 1), RangeError],
])('counts that are none are refused: %s', (make, error) => {
  expect(make).toThrow(error);
});
