import { join, select, sleep, spawn, thread } from '@heddle/runtime';
import { SharedMutex } from '@heddle/runtime/thread';
import { describe, expect, test } from 'vitest';
import { reached, sharedWords } from './shared-words.js';

const SECTIONS = 100_000;
const AWAITED = 2_000;

/** Adds to a counter in steps that another thread could come between. */
function count(mutex: SharedMutex<Int32Array>, times: number): void {
  for (let n = 0; n < times; n += 1) {
    const guard = mutex.blockingLock();
    const words = guard.value;
    const seen = words[0] ?? 0;
    words[1] = seen;
    words[0] = (words[1] ?? 0) + 1;
    guard.unlock();
  }
}

function addOne(words: Int32Array): void {
  words[0] = (words[0] ?? 0) + 1;
}

describe('no update is lost', () => {
  test('of 4 threads with 100,000 sections each', async () => {
    const mutex = new SharedMutex(sharedWords(2));
    const results = await join(...[1, 2, 3, 4].map(() => thread.spawn(count, mutex, SECTIONS)));
    for (const result of results) result.unwrap();
    expect(await mutex.withLock((words) => words[0])).toBe(4 * SECTIONS);
  });

  test('of 3 threads that block and tasks of the main thread that await', async () => {
    const mutex = new SharedMutex(sharedWords(2));
    const threads = [1, 2, 3].map(() => thread.spawn(count, mutex, SECTIONS));
    const inSteps = spawn(function* () {
      for (let n = 0; n < AWAITED; n += 1) {
        const guard = yield* mutex.lock();
        const seen = guard.value[0] ?? 0;
        yield* sleep(0);
        guard.value[0] = seen + 1;
        guard.unlock();
      }
    });
    const calls = spawn(async () => {
      for (let n = 0; n < AWAITED; n += 1) await mutex.withLock(addOne);
    });
    for (const result of await join(...threads, inSteps, calls)) result.unwrap();
    expect(await mutex.withLock((words) => words[0])).toBe(3 * SECTIONS + 2 * AWAITED);
  });

  test('of threads that await', async () => {
    const mutex = new SharedMutex(sharedWords(2));
    const awaits = async (mutex: SharedMutex<Int32Array>, times: number) => {
      const { spawn } = await import('@heddle/runtime');
      const counts = async () => {
        for (let n = 0; n < times; n += 1) {
          const guard = await mutex.lock();
          guard.value[0] = (guard.value[0] ?? 0) + 1;
          guard.unlock();
        }
      };
      const both = [spawn(counts), spawn(counts)];
      for (const handle of both) (await handle).unwrap();
    };
    const threads = [1, 2].map(() => thread.spawn(awaits, mutex, AWAITED));
    for (const result of await join(...threads)) result.unwrap();
    expect(await mutex.withLock((words) => words[0])).toBe(4 * AWAITED);
  });
});

describe('an operation that is left', () => {
  test('before it has the lock takes nothing from those behind it', async () => {
    const mutex = new SharedMutex(sharedWords(1));
    const held = await mutex.lock();
    const left = spawn(async () => void (await mutex.lock()));
    const next = spawn(async () => (await mutex.lock()).unlock());
    await sleep(0);
    left.abort();
    expect((await left).ok).toBe(false);
    held.unlock();
    expect((await next).ok).toBe(true);
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('after it was given the lock passes it on', async () => {
    const mutex = new SharedMutex(sharedWords(1));
    const held = await mutex.lock();
    const both = ['a', 'b'].map(() => spawn(async () => (await mutex.lock()).unlock()));
    await sleep(0);
    held.unlock();
    // Whichever is called first is aborted before it is polled, or has unlocked: either way nobody keeps it.
    both[0]?.abort();
    await join(...both);
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('a thousand times, with the lock held, leaves the lock to a thread that blocks', async () => {
    const mutex = new SharedMutex(sharedWords(1));
    const begun = sharedWords(1);
    const held = await mutex.lock();
    const blocked = thread.spawn(
      (mutex: SharedMutex<Int32Array>, begun: Int32Array) => {
        Atomics.store(begun, 0, 1);
        const guard = mutex.blockingLock();
        guard.value[0] = 7;
        guard.unlock();
      },
      mutex,
      begun,
    );
    await reached(begun, 0, 1);
    for (let n = 0; n < 1_000; n += 1) {
      const { key } = await select({ lock: mutex.lock(), turn: sleep(0) });
      expect(key).toBe('turn');
    }
    held.unlock();
    (await blocked).unwrap();
    expect(await mutex.withLock((words) => words[0])).toBe(7);
  });
});

describe('a guard', () => {
  test('gives what the mutex guards until it is unlocked', async () => {
    const words = sharedWords(1);
    const guard = await new SharedMutex(words).lock();
    expect(guard.value).toBe(words);
    guard.unlock();
    expect(() => guard.value).toThrow(/this guard was unlocked before/);
    expect(() => guard.unlock()).toThrow(/this guard was unlocked before/);
    guard[Symbol.dispose]();
  });

  test('disposed of twice does not unlock for another', async () => {
    const mutex = new SharedMutex();
    const first = await mutex.lock();
    first[Symbol.dispose]();
    const second = await mutex.lock();
    first[Symbol.dispose]();
    expect(mutex.tryLock()).toMatchObject({ ok: false, error: 'locked' });
    second.unlock();
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('cannot be sent to a thread', async () => {
    const guard = await new SharedMutex().lock();
    expect(() => thread.spawn((guard: never) => guard, guard as never)).toThrow(
      /an instance of SharedMutexGuard cannot cross/,
    );
  });
});

describe('blocking', () => {
  test('is refused on the main thread, where nothing else would run', () => {
    const mutex = new SharedMutex();
    expect(() => mutex.blockingLock()).toThrow(/the main thread cannot be blocked/);
    expect(() => mutex.tryLockFor(1)).toThrow(/the main thread cannot be blocked/);
    expect(() => mutex.blockingWithLock(() => 1)).toThrow(/the main thread cannot be blocked/);
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('is refused on a thread that has other tasks', async () => {
    const handle = thread.spawn(async (mutex: SharedMutex) => {
      const { sleep, spawn } = await import('@heddle/runtime');
      const other = spawn(() => sleep(3_600_000));
      try {
        mutex.blockingLock();
        return 'locked';
      } catch (error) {
        return String(error);
      } finally {
        other.abort();
        await other;
        mutex.blockingLock().unlock();
      }
    }, new SharedMutex());
    expect((await handle).unwrap()).toMatch(/this thread has 1 other task, which would not run meanwhile/);
  });

  test('is refused where it would wait for itself', async () => {
    const handle = thread.spawn((mutex: SharedMutex) => {
      const guard = mutex.blockingLock();
      try {
        mutex.blockingLock();
        return 'locked';
      } catch (error) {
        return String(error);
      } finally {
        guard.unlock();
      }
    }, new SharedMutex());
    expect((await handle).unwrap()).toMatch(/this thread holds the lock already/);
  });

  test('for a limited time gives up when that is over', async () => {
    const mutex = new SharedMutex();
    const guard = await mutex.lock();
    const tries = thread.spawn((mutex: SharedMutex) => {
      const result = mutex.tryLockFor(1);
      return result.ok ? 'locked' : String(result.error);
    }, mutex);
    expect((await tries).unwrap()).toBe('locked');
    guard.unlock();
    const locks = thread.spawn((mutex: SharedMutex) => mutex.tryLockFor(3_600_000).ok, mutex);
    expect((await locks).unwrap()).toBe(true);
  });
});

test('a mutex that is given back as a result is the same mutex', async () => {
  const given = (
    await thread.spawn(async () => {
      const { SharedMutex } = await import('@heddle/runtime/thread');
      const mutex = new SharedMutex(new Int32Array(new SharedArrayBuffer(4)));
      mutex.blockingWithLock((words) => words.fill(3));
      return mutex;
    })
  ).unwrap();
  expect(given).toBeInstanceOf(SharedMutex);
  expect(await given.withLock((words) => words[0])).toBe(3);
});

test('a plain Worker makes it again of what structured clone has left of it', async () => {
  const mutex = new SharedMutex(sharedWords(1));
  const guard = await mutex.lock();
  const again = SharedMutex.from<Int32Array>(structuredClone(mutex));
  expect(again.tryLock().ok).toBe(false);
  guard.value[0] = 5;
  guard.unlock();
  expect(await again.withLock((words) => words[0])).toBe(5);
  expect(() => SharedMutex.from({ words: sharedWords(3) })).toThrow(/expected what was sent to this thread/);
});

test('a task that is aborted while it waits hears of it, and the mutex is as it was', async () => {
  const mutex = new SharedMutex();
  const guard = await mutex.lock();
  const waiting = spawn(function* () {
    yield* mutex.lock();
  });
  await sleep(0);
  waiting.abort('enough');
  expect((await waiting).match({ ok: () => 'ok', err: (error) => error.cause })).toBe('enough');
  guard.unlock();
  expect(mutex.tryLock().ok).toBe(true);
});

test.each([[{}], [new Int32Array(1)], [1], [null], [new ArrayBuffer(4)]])(
  'memory that is not shared is refused: %o',
  (data) => {
    expect(() => new SharedMutex(data as never)).toThrow(/expected a SharedArrayBuffer or a view of one/);
  },
);

test('options and functions that are none are refused', () => {
  const mutex = new SharedMutex();
  expect(() => mutex.lock({ poisoned: true } as never)).toThrow(/there is no option/);
  expect(() => mutex.lock({ evenPoisoned: 1 } as never)).toThrow(/evenPoisoned must be true or false/);
  expect(() => mutex.tryLockFor(-1)).toThrow(RangeError);
  expect(() => mutex.withLock(1 as never)).toThrow(/expected a function/);
});
