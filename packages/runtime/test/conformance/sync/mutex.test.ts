import { sleep, timeout } from '@heddle/runtime';
import { Mutex } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

/** What tokio promises of its mutex in its own tests, row by row. Over each test stands its source. */

// sync_mutex.rs: straight_execution
test('mutex/1 a free lock is there at the first poll, and what is changed under it stays', () => {
  const mutex = new Mutex(100);
  const first = step(mutex.lock()).pollReady();
  expect(first.value).toBe(100);
  first.value = 99;
  first.release();
  const second = step(mutex.lock()).pollReady();
  expect(second.value).toBe(99);
  second.value = 98;
  second.release();
  expect(step(mutex.lock()).pollReady().value).toBe(98);
});

// sync_mutex.rs: aborted_future_1
test('mutex/2 a task that held the lock when its time was up releases it', async () => {
  const { host, spawn } = byHand();
  const mutex = new Mutex(0);
  const holder = spawn(function* () {
    return yield* timeout(
      1,
      (function* () {
        const guard = yield* mutex.lock();
        try {
          yield* sleep(1_000);
        } finally {
          guard.release();
        }
      })(),
    );
  });
  host.runUntilIdle();
  expect(mutex.tryLock().ok).toBe(false);
  await host.advance(1);
  expect((await holder).unwrap().ok).toBe(false);
  expect(mutex.tryLock().ok).toBe(true);
});

// sync_mutex.rs: aborted_future_2
test('mutex/2 a task that waited for the lock when its time was up leaves the line', async () => {
  const { host, spawn } = byHand();
  const mutex = new Mutex(0);
  const guard = mutex.tryLock().unwrap();
  const waiter = spawn(function* () {
    return yield* timeout(1, mutex.lock());
  });
  host.runUntilIdle();
  await host.advance(1);
  expect((await waiter).unwrap().ok).toBe(false);
  guard.release();
  expect(mutex.tryLock().ok).toBe(true);
});

// sync_mutex.rs: try_lock
test('mutex/3 tryLock fails while the lock is held or handed over, and succeeds after the release', () => {
  const mutex = new Mutex(0);
  const held = mutex.tryLock().unwrap();
  expect(mutex.tryLock()).toMatchObject({ ok: false, error: 'locked' });
  const waiting = step(mutex.lock());
  expect(waiting.poll()).toBe(PENDING);
  held.release();
  expect(mutex.tryLock().ok).toBe(false);
  waiting.pollReady().release();
  expect(mutex.tryLock().ok).toBe(true);
});
