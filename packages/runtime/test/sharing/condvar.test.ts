import { join, sleep, spawn, thread } from '@heddle/runtime';
import { SharedCondvar, SharedMutex, type SharedMutexGuard } from '@heddle/runtime/thread';
import { describe, expect, test } from 'vitest';
import { reached, sharedWords } from './shared-words.js';

const ITEMS = 10_000;
const PLACES = 4;

/** A ring of `PLACES` items: how many were put in, how many were taken, then the items. */
interface Queue {
  readonly mutex: SharedMutex<Int32Array>;
  readonly changed: SharedCondvar;
}

const queue = (): Queue => ({
  mutex: new SharedMutex(sharedWords(2 + PLACES)),
  changed: new SharedCondvar(),
});

/** Puts `from`, `from + 1` … into the queue. Self-contained, as all that is sent to threads. */
function produce({ mutex, changed }: Queue, from: number, count: number): void {
  for (let n = from; n < from + count; n += 1) {
    const guard = mutex.blockingLock();
    changed.blockingWaitWhile(guard, (words) => words[0]! - words[1]! === words.length - 2);
    const words = guard.value;
    words[2 + (words[0]! % (words.length - 2))] = n;
    words[0]! += 1;
    guard.unlock();
    changed.notifyAll();
  }
}

/** Takes so many items, and gives their sum. */
function consume({ mutex, changed }: Queue, count: number): number {
  let sum = 0;
  for (let n = 0; n < count; n += 1) {
    const guard = mutex.blockingLock();
    changed.blockingWaitWhile(guard, (words) => words[0] === words[1]);
    const words = guard.value;
    sum += words[2 + (words[1]! % (words.length - 2))]!;
    words[1]! += 1;
    guard.unlock();
    changed.notifyAll();
  }
  return sum;
}

async function consumeAwaiting({ mutex, changed }: Queue, count: number): Promise<number> {
  let sum = 0;
  for (let n = 0; n < count; n += 1) {
    const guard = await mutex.lock();
    await changed.waitWhile(guard, (words) => words[0] === words[1]);
    const words = guard.value;
    sum += words[2 + (words[1]! % PLACES)]!;
    words[1]! += 1;
    guard.unlock();
    changed.notifyAll();
  }
  return sum;
}

const SUM = (ITEMS * (ITEMS - 1)) / 2;

describe('10,000 items from producers to consumers', () => {
  test('all arrive, between threads that block', async () => {
    const shared = queue();
    const half = ITEMS / 2;
    const producers = [0, half].map((from) => thread.spawn(produce, shared, from, half));
    const consumers = [1, 2].map(() => thread.spawn(consume, shared, half));
    for (const result of await join(...producers)) result.unwrap();
    const sums = (await join(...consumers)).map((result) => result.unwrap());
    expect(sums.reduce((a, b) => a + b)).toBe(SUM);
  });

  test('all arrive, at tasks of the main thread that await', async () => {
    const shared = queue();
    const producer = thread.spawn(produce, shared, 0, ITEMS);
    const consumers = [1, 2].map(() => spawn(() => consumeAwaiting(shared, ITEMS / 2)));
    const sums = (await join(...consumers)).map((result) => result.unwrap());
    (await producer).unwrap();
    expect(sums.reduce((a, b) => a + b)).toBe(SUM);
  });
});

describe('a wait', () => {
  test('lets go of the lock meanwhile, and has it again afterwards', async () => {
    const { mutex, changed } = queue();
    const guard = await mutex.lock();
    const waiting = spawn(async () => {
      await changed.wait(guard);
      return guard.value[0];
    });
    await sleep(0);
    expect(() => guard.value).toThrow(/this guard is waiting for a condvar/);
    await mutex.withLock((words) => words.fill(4));
    changed.notifyOne();
    expect((await waiting).unwrap()).toBe(4);
    expect(mutex.tryLock().ok).toBe(false);
    guard.unlock();
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('for a limited time says which it was, with the lock held either way', async () => {
    const { mutex, changed } = queue();
    const guard = await mutex.lock();
    expect(await changed.waitTimeout(guard, 1)).toEqual({ timedOut: true });
    expect(guard.value[0]).toBe(0);
    expect(await changed.waitTimeoutWhile(guard, 1, (words) => words[0] === 0)).toEqual({ timedOut: true });
    expect(await changed.waitTimeoutWhile(guard, 1, () => false)).toEqual({ timedOut: false });
    const notified = spawn(() => changed.waitTimeout(guard, 3_600_000));
    await sleep(0);
    changed.notifyOne();
    expect((await notified).unwrap()).toEqual({ timedOut: false });
    guard.unlock();
  });

  test('for a limited time, blocking', async () => {
    const says = thread.spawn(({ mutex, changed }: Queue) => {
      const guard = mutex.blockingLock();
      const first = changed.blockingWaitTimeout(guard, 1);
      const second = changed.blockingWaitTimeoutWhile(guard, 1, (words) => words[0] === 0);
      return [first.timedOut, second.timedOut, guard.value[0]];
    }, queue());
    expect((await says).unwrap()).toEqual([true, true, 0]);
  });

  test('is ended by notifyAll for every thread', async () => {
    const shared = queue();
    const waits = ({ mutex, changed }: Queue) => {
      const guard = mutex.blockingLock();
      guard.value[1]! += 1;
      changed.blockingWaitWhile(guard, (words) => words[0] === 0);
      guard.unlock();
    };
    const threads = [1, 2, 3].map(() => thread.spawn(waits, shared));
    const here = spawn(async () => {
      const guard = await shared.mutex.lock();
      guard.value[1]! += 1;
      await shared.changed.waitWhile(guard, (words) => words[0] === 0);
      guard.unlock();
    });
    for (let waiting = 0; waiting !== 4; ) {
      waiting = await shared.mutex.withLock((words) => words[1]!);
      await sleep(0);
    }
    await shared.mutex.withLock((words) => words.fill(1, 0, 1));
    shared.changed.notifyAll();
    for (const result of await join(...threads, here)) result.unwrap();
  });

  test('that is aborted leaves a guard that holds nothing, and passes its notification on', async () => {
    const { mutex, changed } = queue();
    const waits = () =>
      spawn(async () => {
        const guard = await mutex.lock();
        try {
          guard.value[0]! += 1;
          await changed.wait(guard);
          return 'notified';
        } finally {
          guard.unlock();
        }
      });
    const [left, stays] = [waits(), waits()];
    for (let waiting = 0; waiting !== 2; await sleep(0)) waiting = await mutex.withLock((words) => words[0]!);
    left.abort();
    expect((await left).ok).toBe(false);
    changed.notifyOne();
    expect((await stays).unwrap()).toBe('notified');
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('whose condition throws is over, with the lock held', async () => {
    const { mutex, changed } = queue();
    const guard = await mutex.lock();
    const wait = changed.waitWhile(guard, () => {
      throw new RangeError('no');
    });
    await expect(wait).rejects.toThrow(RangeError);
    expect(guard.value[0]).toBe(0);
    guard.unlock();
  });
});

test('a notification comes to a thread after an awaiting task has left', async () => {
  const shared = queue();
  const begun = sharedWords(1);
  const waits = ({ mutex, changed }: Queue, begun: Int32Array) => {
    const guard = mutex.blockingLock();
    Atomics.store(begun, 0, 1);
    changed.blockingWait(guard);
    guard.unlock();
  };
  const here = spawn(async () => {
    await shared.changed.wait(await shared.mutex.lock());
  });
  await sleep(1);
  const there = thread.spawn(waits, shared, begun);
  await reached(begun, 0, 1);
  (await shared.mutex.lock()).unlock();
  here.abort();
  shared.changed.notifyOne();
  (await there).unwrap();
});

test('what is no guard, no condition and no time is refused', async () => {
  const { mutex, changed } = queue();
  const guard = await mutex.lock();
  expect(() => changed.wait({} as SharedMutexGuard<number>)).toThrow(/expected the guard of a SharedMutex/);
  expect(() => changed.waitWhile(guard, 1 as never)).toThrow(/condition must be a function/);
  expect(() => changed.waitTimeout(guard, Number.NaN)).toThrow(RangeError);
  expect(() => changed.blockingWait(guard)).toThrow(/the main thread cannot be blocked/);
  guard.unlock();
  await expect(changed.wait(guard)).rejects.toThrow(/this guard was unlocked before/);
});
