import { join, select, sleep, spawn, thread } from '@heddle/runtime';
import { SharedCondvar, SharedMutex, SharedSemaphore } from '@heddle/runtime/thread';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sharedWords } from './shared-words.js';

/**
 * Whoever waits looks again every 50 milliseconds, for the sake of threads that died. Here nobody does: the timer
 * of this thread stands still, and the others sleep until they are woken. One lost wake-up, and a test hangs.
 */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval'] }));
afterEach(() => void vi.useRealTimers());

const TIMES = 5_000;
const AWAITED = 500;

test('of a mutex: none is lost between threads that block and tasks that await and leave', async () => {
  const mutex = new SharedMutex(sharedWords(1));
  const blocks = (mutex: SharedMutex<Int32Array>, times: number) => {
    const { wait } = Atomics;
    Atomics.wait = ((words: Int32Array, index: number, value: number) =>
      wait(words, index, value)) as typeof wait;
    for (let n = 0; n < times; n += 1) {
      const guard = mutex.blockingLock();
      guard.value[0]! += 1;
      guard.unlock();
    }
  };
  const threads = [1, 2, 3].map(() => thread.spawn(blocks, mutex, TIMES));
  const tasks = [1, 2].map(() =>
    spawn(async () => {
      for (let n = 0; n < AWAITED; n += 1) {
        await mutex.withLock((words) => words.fill(words[0]! + 1));
        // Half of these are left while they wait, or with the lock in hand.
        const left = await select({ lock: mutex.lock(), turn: sleep(0) });
        if (left.key === 'lock') left.value.unlock();
      }
    }),
  );
  for (const result of await join(...threads, ...tasks)) result.unwrap();
  expect(await mutex.withLock((words) => words[0])).toBe(3 * TIMES + 2 * AWAITED);
});

test('of a semaphore: none is lost, whatever number of permits each needs', async () => {
  const semaphore = new SharedSemaphore(3);
  const blocks = (semaphore: SharedSemaphore, times: number) => {
    const { wait } = Atomics;
    Atomics.wait = ((words: Int32Array, index: number, value: number) =>
      wait(words, index, value)) as typeof wait;
    for (let n = 0; n < times; n += 1) semaphore.blockingAcquire(1 + (n % 3)).release();
  };
  const threads = [1, 2, 3].map(() => thread.spawn(blocks, semaphore, TIMES));
  const tasks = [1, 2, 3].map((count) =>
    spawn(async () => {
      for (let n = 0; n < AWAITED; n += 1) {
        (await semaphore.acquire(count)).release();
        const left = await select({ permit: semaphore.acquire(count), turn: sleep(0) });
        if (left.key === 'permit') left.value.release();
      }
    }),
  );
  for (const result of await join(...threads, ...tasks)) result.unwrap();
  expect(semaphore.availablePermits()).toBe(3);
});

test('of a condvar: none is lost between two who hand a ball to each other', async () => {
  const game = { mutex: new SharedMutex(sharedWords(1)), changed: new SharedCondvar() };
  const plays = ({ mutex, changed }: typeof game, side: number, times: number) => {
    const { wait } = Atomics;
    Atomics.wait = ((words: Int32Array, index: number, value: number) =>
      wait(words, index, value)) as typeof wait;
    for (let n = 0; n < times; n += 1) {
      const guard = mutex.blockingLock();
      changed.blockingWaitWhile(guard, (words) => words[0]! % 3 !== side);
      guard.value[0]! += 1;
      guard.unlock();
      changed.notifyAll();
    }
  };
  const threads = [0, 1].map((side) => thread.spawn(plays, game, side, AWAITED));
  const here = spawn(async () => {
    for (let n = 0; n < AWAITED; n += 1) {
      const guard = await game.mutex.lock();
      await game.changed.waitWhile(guard, (words) => words[0]! % 3 !== 2);
      guard.value[0]! += 1;
      guard.unlock();
      game.changed.notifyAll();
    }
  });
  for (const result of await join(...threads, here)) result.unwrap();
  expect(await game.mutex.withLock((words) => words[0])).toBe(3 * AWAITED);
});
