import { RwLock } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';

/** What tokio promises of its RwLock in its own tests, row by row. Over each test stands its source. */

// sync_rwlock.rs: read_shared, write_shared_pending, read_exclusive_pending, write_exclusive_pending, write_shared_drop
test('rwlock/1 readers share, a writer waits for all of them, everybody waits for a writer, and a release wakes who waits', () => {
  const lock = new RwLock(100);
  const readers = [step(lock.read()).pollReady(), step(lock.read()).pollReady()];
  const writer = step(lock.write());
  expect(writer.poll()).toBe(PENDING);
  readers[0]?.release();
  expect(writer.isWoken()).toBe(false);
  readers[1]?.release();
  expect(writer.isWoken()).toBe(true);
  const writing = writer.pollReady();
  writing.value = 99;
  const [late, later] = [step(lock.read()), step(lock.write())];
  expect([late.poll(), later.poll()]).toEqual([PENDING, PENDING]);
  writing.release();
  expect([late.isWoken(), later.isWoken()]).toEqual([true, false]);
  const reading = late.pollReady();
  expect(reading.value).toBe(99);
  reading.release();
  expect(later.isWoken()).toBe(true);
  later.pollReady().release();
});

// sync_rwlock.rs: write_read_shared_pending
test('rwlock/2 a writer in line keeps later readers out, though readers alone hold the lock', () => {
  const lock = new RwLock(0);
  const first = step(lock.read()).pollReady();
  const second = step(lock.read()).pollReady();
  const writer = step(lock.write());
  expect(writer.poll()).toBe(PENDING);
  const third = step(lock.read());
  expect(third.poll()).toBe(PENDING);
  first.release();
  second.release();
  expect([writer.isWoken(), third.isWoken()]).toEqual([true, false]);
  writer.pollReady().release();
  expect(third.isWoken()).toBe(true);
  third.pollReady();
});

// sync_rwlock.rs: write_order
test('rwlock/3 writers have the lock in the order in which they began to wait, not in which they were made', () => {
  const lock = new RwLock<string[]>([]);
  const madeFirst = step(lock.write());
  const madeSecond = step(lock.write());
  const held = step(lock.write()).pollReady();
  expect([madeSecond.poll(), madeFirst.poll()]).toEqual([PENDING, PENDING]);
  held.release();
  expect(madeFirst.poll()).toBe(PENDING);
  const second = madeSecond.pollReady();
  second.value.push('made second');
  second.release();
  const first = madeFirst.pollReady();
  first.value.push('made first');
  expect(first.value).toEqual(['made second', 'made first']);
});

// sync_rwlock.rs: try_write, try_read_try_write
test('rwlock/4 a try succeeds or fails at once, by who holds the lock', () => {
  const lock = new RwLock(1_500);
  const readers = [lock.tryRead().unwrap(), lock.tryRead().unwrap()];
  expect(lock.tryWrite()).toMatchObject({ ok: false, error: 'locked' });
  for (const reader of readers) reader.release();
  const writer = lock.tryWrite().unwrap();
  expect(writer.value).toBe(1_500);
  writer.value = 0;
  expect([lock.tryRead(), lock.tryWrite()]).toMatchObject([{ error: 'locked' }, { error: 'locked' }]);
  writer.release();
  expect(lock.tryRead().unwrap().value).toBe(0);
});
