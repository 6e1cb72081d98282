import { type JoinHandle, join, setPanicHook, spawn, thread } from '@heddle/runtime';
import { PoisonError, SharedCondvar, SharedMutex } from '@heddle/runtime/thread';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reached, sharedWords } from './shared-words.js';

/**
 * A thread that ends inside a section, seen by those who wait for the lock. On platforms other than Linux nobody can
 * tell that a thread was terminated: see docs/sharing.md.
 */

type Section = (mutex: SharedMutex<Int32Array>, inside: Int32Array) => void;
type Ends = (section: Section, mutex: SharedMutex<Int32Array>, inside: Int32Array) => JoinHandle<void>;

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

const spins: Section = (mutex, inside) => {
  mutex.blockingLock();
  Atomics.store(inside, 0, 1);
  while (Atomics.load(inside, 1) === 0);
};

/** Has the thread leave its loop when the test says so, and then do what ends it. */
const exits: Section = (mutex, inside) => {
  mutex.blockingLock();
  Atomics.store(inside, 0, 1);
  while (Atomics.load(inside, 1) === 0);
  process.exit(3);
};
const panics: Section = (mutex, inside) => {
  mutex.blockingLock();
  Atomics.store(inside, 0, 1);
  while (Atomics.load(inside, 1) === 0);
  throw new Error('boom');
};
const crashes: Section = (mutex, inside) => {
  mutex.blockingLock();
  Atomics.store(inside, 0, 1);
  setTimeout(() => {
    throw new Error('late');
  });
  while (Atomics.load(inside, 1) === 0);
};
const runsOutOfMemory: Section = (mutex, inside) => {
  mutex.blockingLock();
  Atomics.store(inside, 0, 1);
  while (Atomics.load(inside, 1) === 0);
  const kept: number[][] = [];
  for (;;) kept.push(new Array<number>(10_000).fill(1));
};

const plain: Ends = (section, ...shared) => thread.spawn(section, ...shared);
const small: Ends = (section, ...shared) =>
  thread.builder({ resourceLimits: { maxOldGenerationSizeMb: 16 } }).spawn(section, ...shared);
const aborted: Ends = (section, mutex, inside) => {
  const handle = thread.builder({ graceMs: 0 }).spawn(section, mutex, inside);
  void reached(inside, 1, 1).then(() => handle.abort());
  return handle;
};
/** It sees no word of the test: only the termination ends it. */
const spinsForEver: Section = (mutex, inside) => {
  mutex.blockingLock();
  Atomics.store(inside, 0, 1);
  for (;;);
};

const isLinux = process.platform === 'linux';

describe.each<[string, Ends, Section, boolean]>([
  ['returns without an unlock', plain, spins, true],
  ['panics', plain, panics, true],
  ['exits', plain, exits, true],
  ['crashes', plain, crashes, true],
  ['is terminated', aborted, spinsForEver, isLinux],
  ['runs out of memory', small, runsOutOfMemory, isLinux],
])('a thread that %s inside a section', (_, ends, section, isKnown) => {
  test.runIf(isKnown)('gives a PoisonError to each who waits and each who comes', async () => {
    const mutex = new SharedMutex(sharedWords(1));
    const inside = sharedWords(2);
    const waiting = sharedWords(1);
    const holder = ends(section, mutex, inside);
    await reached(inside, 0, 1);
    const blocks = (mutex: SharedMutex<Int32Array>, waiting: Int32Array) => {
      Atomics.add(waiting, 0, 1);
      mutex.blockingLock().unlock();
    };
    const blocked = [1, 2].map(() => thread.spawn(blocks, mutex, waiting));
    const awaits = async (mutex: SharedMutex<Int32Array>, waiting: Int32Array) => {
      Atomics.add(waiting, 0, 1);
      (await mutex.lock()).unlock();
    };
    const awaited = [thread.spawn(awaits, mutex, waiting), spawn(() => awaits(mutex, waiting))];
    await reached(waiting, 0, 4);
    Atomics.store(inside, 1, 1);
    const results = await join(...blocked, ...awaited);
    for (const result of results) {
      expect(result.ok ? 'locked' : result.error.tryIntoPanic().unwrapOr(result.error)).toBeInstanceOf(
        PoisonError,
      );
    }
    await holder;
    expect(mutex.isPoisoned()).toBe(true);
    expect(mutex.tryLock()).toMatchObject({ ok: false, error: { code: 'ERR_POISONED' } });
  });
});

test.runIf(isLinux)(
  'those who wait for a condvar hear of it when the thread that would notify them is terminated',
  async () => {
    const shared = { mutex: new SharedMutex(sharedWords(1)), changed: new SharedCondvar() };
    const words = sharedWords(1);
    const waits = async ({ mutex, changed }: typeof shared, words: Int32Array) => {
      const guard = await mutex.lock();
      try {
        Atomics.add(words, 0, 1);
        await changed.waitWhile(guard, (value) => value[0] === 0);
      } finally {
        guard.unlock();
      }
    };
    const blocks = ({ mutex, changed }: typeof shared, words: Int32Array) => {
      const guard = mutex.blockingLock();
      try {
        Atomics.add(words, 0, 1);
        changed.blockingWaitWhile(guard, (value) => value[0] === 0);
      } finally {
        guard.unlock();
      }
    };
    const waiters = [
      spawn(() => waits(shared, words)),
      thread.spawn(waits, shared, words),
      thread.spawn(blocks, shared, words),
    ];
    await reached(words, 0, 3);
    const holder = thread.builder({ graceMs: 0 }).spawn(
      ({ mutex }: typeof shared, words: Int32Array) => {
        mutex.blockingLock();
        Atomics.add(words, 0, 1);
        for (;;);
      },
      shared,
      words,
    );
    await reached(words, 0, 4);
    holder.abort();
    for (const result of await join(...waiters)) {
      expect(result.ok ? 'notified' : result.error.tryIntoPanic().unwrapOr(result.error)).toBeInstanceOf(
        PoisonError,
      );
    }
  },
);

describe('a function given to withLock that throws', () => {
  test('poisons, and its throw is thrown on', async () => {
    const mutex = new SharedMutex();
    const call = mutex.withLock(() => {
      throw new RangeError('too far');
    });
    await expect(call).rejects.toThrow(RangeError);
    expect(mutex.isPoisoned()).toBe(true);
    await expect(mutex.lock()).rejects.toBeInstanceOf(PoisonError);
  });

  test('does so on a thread that blocks', async () => {
    const mutex = new SharedMutex();
    const handle = thread.spawn((mutex: SharedMutex) => {
      mutex.blockingWithLock(() => {
        throw new RangeError('too far');
      });
    }, mutex);
    expect((await handle).ok).toBe(false);
    expect(mutex.isPoisoned()).toBe(true);
  });
});

test('a guard that is unlocked in a finally does not poison', async () => {
  const mutex = new SharedMutex();
  const handle = thread.spawn((mutex: SharedMutex) => {
    const guard = mutex.blockingLock();
    try {
      throw new Error('boom');
    } finally {
      guard.unlock();
    }
  }, mutex);
  expect((await handle).ok).toBe(false);
  (await mutex.lock()).unlock();
});

test('who makes the data whole takes the lock even so, and lets the others in again', async () => {
  const mutex = new SharedMutex(sharedWords(1));
  await mutex
    .withLock((words) => {
      words[0] = 13;
      throw new Error('half done');
    })
    .then(null, () => undefined);
  const guard = await mutex.lock({ evenPoisoned: true });
  expect(guard.value[0]).toBe(13);
  guard.value[0] = 0;
  expect(mutex.isPoisoned()).toBe(true);
  mutex.clearPoison();
  guard.unlock();
  expect(await mutex.withLock((words) => words[0])).toBe(0);
});

test('a PoisonError crosses to another thread as itself', async () => {
  const mutex = new SharedMutex();
  await mutex.withLock(() => JSON.parse('{')).then(null, () => undefined);
  const given = await thread.spawn((mutex: SharedMutex) => {
    const result = mutex.tryLock();
    return result.ok ? undefined : result.error;
  }, mutex);
  expect(given.unwrap()).toBeInstanceOf(PoisonError);
});
