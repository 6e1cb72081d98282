import { RwLock } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('an RwLock', () => {
  test('lets a writer go on as a reader, and those in who came to read next, but no writer between', () => {
    const lock = new RwLock('before');
    const writing = lock.tryWrite().unwrap();
    const reader = step(lock.read());
    const writer = step(lock.write());
    const behind = step(lock.read());
    expect([reader.poll(), writer.poll(), behind.poll()]).toEqual([PENDING, PENDING, PENDING]);
    writing.value = 'after';
    const reading = writing.downgrade();
    expect([reader.isWoken(), writer.isWoken(), behind.isWoken()]).toEqual([true, false, false]);
    const other = reader.pollReady();
    expect([reading.value, other.value]).toEqual(['after', 'after']);
    reading.release();
    other.release();
    expect([writer.isWoken(), behind.isWoken()]).toEqual([true, false]);
  });

  test('lets no writer in through a downgrade, even one that stands first in line', () => {
    const lock = new RwLock(0);
    const writing = lock.tryWrite().unwrap();
    const writer = step(lock.write());
    const reader = step(lock.read());
    expect([writer.poll(), reader.poll()]).toEqual([PENDING, PENDING]);
    const reading = writing.downgrade();
    expect([writer.isWoken(), reader.isWoken()]).toEqual([false, false]);
    reading.release();
    expect([writer.isWoken(), reader.isWoken()]).toEqual([true, false]);
  });

  test('lets in whoever waited behind a writer that is aborted', async () => {
    const { host, spawn } = byHand();
    const lock = new RwLock(0);
    const reading = lock.tryRead().unwrap();
    const writer = spawn(async () => await lock.write());
    const reader = spawn(async () => (await lock.read()).value);
    await host.settle();
    expect([writer.isFinished(), reader.isFinished()]).toEqual([false, false]);
    writer.abort();
    await host.settle();
    expect([await outcomeOf(writer), await outcomeOf(reader)]).toEqual(['cancelled', '0']);
    reading.release();
  });

  test('goes to the next when the writer to whom it was handed is aborted before it runs', async () => {
    const { host, spawn } = byHand();
    const lock = new RwLock(0);
    const writing = lock.tryWrite().unwrap();
    const writer = spawn(function* () {
      yield* lock.write();
    });
    const readers = [1, 2].map(() =>
      spawn(function* () {
        return (yield* lock.read()).value;
      }),
    );
    host.runUntilIdle();
    writing.release();
    writer.abort();
    host.runUntilIdle();
    expect(await Promise.all([writer, ...readers].map(outcomeOf))).toEqual(['cancelled', '0', '0']);
  });

  test('lets so many read at a time as it was told', () => {
    const lock = new RwLock(0, { maxReaders: 2 });
    const readers = [lock.tryRead().unwrap(), lock.tryRead().unwrap()];
    expect(lock.tryRead()).toMatchObject({ error: 'locked' });
    for (const reader of readers) reader[Symbol.dispose]();
    const writer = lock.tryWrite().unwrap();
    expect(lock.tryRead()).toMatchObject({ error: 'locked' });
    writer[Symbol.dispose]();
    expect([lock.tryRead().ok, lock.tryRead().ok, lock.tryRead().ok]).toEqual([true, true, false]);
  });

  test('counts a release once, and is out of the reach of a guard that was released', () => {
    const lock = new RwLock(0);
    const reading = lock.tryRead().unwrap();
    const other = lock.tryRead().unwrap();
    reading.release();
    reading.release();
    expect(lock.tryWrite().ok).toBe(false);
    other.release();
    const writing = lock.tryWrite().unwrap();
    writing.downgrade().release();
    writing.release();
    lock.tryWrite().unwrap();
    expect(lock.tryRead().ok).toBe(false);
    const spent = 'this guard was released before. Lock again for another.';
    expect(() => reading.value).toThrow(new TypeError(`rwLockReadGuard.value: ${spent}`));
    expect(() => writing.value).toThrow(new TypeError(`rwLockWriteGuard.value: ${spent}`));
    expect(() => writing.downgrade()).toThrow(new TypeError(`rwLockWriteGuard.downgrade: ${spent}`));
  });

  test('says what is waited for', () => {
    const lock = new RwLock(0);
    expect([step(lock.read()).what, step(lock.write()).what]).toEqual(['rwLock.read()', 'rwLock.write()']);
  });

  test('says what it got when it is given something else than it takes', () => {
    const range = 'must be a whole number from 1 to 536870911, got';
    expect(() => new RwLock(0, { maxReaders: 0 })).toThrow(new RangeError(`RwLock: maxReaders ${range} 0`));
    expect(() => new RwLock(0, { maxReaders: 2 ** 29 })).toThrow(
      new RangeError(`RwLock: maxReaders ${range} 536870912`),
    );
    expect(() => new RwLock(0, { readers: 1 } as object)).toThrow(
      new TypeError("RwLock: there is no option 'readers'"),
    );
  });
});
