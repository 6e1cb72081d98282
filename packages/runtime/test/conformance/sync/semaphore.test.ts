import { yieldNow } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { SharedSemaphore } from '@heddle/runtime/thread';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of its semaphore in its own tests, row by row. Over each test stands its source. */

// sync_semaphore.rs: no_permits, try_acquire, acquire, add_permits
test('semaphore/1 may begin without permits: an acquire waits for one that is added or given back', () => {
  const none = new Semaphore(0);
  expect(none.tryAcquire()).toMatchObject({ ok: false, error: 'no permits' });
  const added = step(none.acquire());
  expect(added.poll()).toBe(PENDING);
  none.addPermits(1);
  expect(added.isWoken()).toBe(true);
  const permit = added.pollReady();
  const givenBack = step(none.acquire());
  expect(givenBack.poll()).toBe(PENDING);
  permit.release();
  expect(givenBack.isWoken()).toBe(true);
  givenBack.pollReady().release();
  expect(none.availablePermits()).toBe(1);
});

// sync_semaphore.rs: stress_test
test('semaphore/2 a thousand tasks go through five permits, and five are there at the end', () => {
  const { host, spawn } = byHand();
  const semaphore = new Semaphore(5);
  let inside = 0;
  let most = 0;
  for (let n = 0; n < 1_000; n += 1) {
    spawn(function* () {
      const permit = yield* semaphore.acquire();
      inside += 1;
      most = Math.max(most, inside);
      yield* yieldNow();
      inside -= 1;
      permit.release();
    });
  }
  host.runUntilIdle();
  expect({ most, inside, free: semaphore.availablePermits() }).toEqual({ most: 5, inside: 0, free: 5 });
});

// sync_semaphore.rs: blocking_acquire_in_async_context, blocking_acquire_many_in_async_context, …
test('semaphore/3 nothing blocks the thread of an executor: only the semaphore of threads has blockingAcquire, and it is refused here', ({
  task,
}) => {
  deviates(task, 'noBlockingHere');
  expect('blockingAcquire' in Semaphore.prototype).toBe(false);
  const { host, spawn } = byHand();
  const shared = new SharedSemaphore(1);
  let refused: unknown;
  spawn(() => {
    try {
      shared.blockingAcquire();
    } catch (error) {
      refused = error;
    }
  });
  host.runUntilIdle();
  expect(refused).toMatchObject({ message: expect.stringContaining('sharedSemaphore.blockingAcquire') });
  expect(shared.availablePermits()).toBe(1);
});

// semaphore_batch.rs: poll_acquire_one_available, poll_acquire_many_available, try_acquire_one_available, …
test('semaphore/4 what is free is taken at once, by those who wait and by those who try, and is counted', () => {
  const semaphore = new Semaphore(100);
  step(semaphore.acquire()).pollReady();
  expect(semaphore.availablePermits()).toBe(99);
  step(semaphore.acquireMany(5)).pollReady();
  expect(semaphore.availablePermits()).toBe(94);
  semaphore.tryAcquire().unwrap();
  expect(semaphore.availablePermits()).toBe(93);
  semaphore.tryAcquireMany(3).unwrap();
  expect(semaphore.availablePermits()).toBe(90);
});

// semaphore_batch.rs: poll_acquire_many_unavailable
test('semaphore/5 who is first in line absorbs what is free, and a smaller request behind it cannot overtake', () => {
  const semaphore = new Semaphore(5);
  const one = step(semaphore.acquire()).pollReady();
  const five = step(semaphore.acquireMany(5));
  expect(five.poll()).toBe(PENDING);
  expect(semaphore.availablePermits()).toBe(0);
  const three = step(semaphore.acquireMany(3));
  expect(three.poll()).toBe(PENDING);
  one.release();
  expect([five.isWoken(), three.isWoken()]).toEqual([true, false]);
  const held = five.pollReady();
  expect(three.poll()).toBe(PENDING);
  held.split(2)?.release();
  expect(three.isWoken()).toBe(false);
  held.split(1)?.release();
  expect(three.isWoken()).toBe(true);
  three.pollReady().release();
  held.release();
  expect(semaphore.availablePermits()).toBe(5);
});

// semaphore_batch.rs: try_acquire_one_unavailable, try_acquire_many_unavailable
test('semaphore/6 a try takes all that it asks for, or nothing', () => {
  const semaphore = new Semaphore(5);
  const three = semaphore.tryAcquireMany(3).unwrap();
  expect(semaphore.tryAcquireMany(3)).toMatchObject({ error: 'no permits' });
  expect(semaphore.availablePermits()).toBe(2);
  semaphore.tryAcquireMany(2).unwrap();
  expect(semaphore.tryAcquire()).toMatchObject({ error: 'no permits' });
  three.release();
  expect(semaphore.tryAcquireMany(3).ok).toBe(true);
});

// semaphore_batch.rs: cancel_acquire_releases_permits
test('semaphore/7 a queued acquire that is left returns what it had absorbed', () => {
  const semaphore = new Semaphore(10);
  const four = semaphore.tryAcquireMany(4).unwrap();
  const eight = step(semaphore.acquireMany(8));
  expect(eight.poll()).toBe(PENDING);
  expect(semaphore.availablePermits()).toBe(0);
  expect(eight.drop()).toBe(true);
  expect(semaphore.availablePermits()).toBe(6);
  four.release();
  expect(semaphore.tryAcquireMany(10).ok).toBe(true);
});
