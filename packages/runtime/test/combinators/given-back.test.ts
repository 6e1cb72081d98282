import {
  type Branch,
  Err,
  join,
  type Op,
  select,
  setPanicHook,
  sleep,
  spawn,
  timeout,
  tryJoin,
  when,
} from '@heddle/runtime';
import { Mutex, mpsc, OnceCell, RwLock, Semaphore } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

const isFree = (mutex: Mutex<unknown>) => mutex.tryLock().ok;

const combiners: [string, (...branches: Branch<unknown>[]) => Op<unknown>][] = [
  ['join', join],
  ['tryJoin', tryJoin],
];

function* dirty() {
  try {
    yield* sleep(1000);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what is tested
    throw 'in a cleanup';
  }
}

describe.each(places)('what a branch was lent and nobody gets, in %s,', (place) => {
  it('is given back when a select leaves a join', async () => {
    const { host, wait } = scene();
    const [a, b] = [new Mutex(0), new Mutex(0)];
    const held = b.tryLock().unwrap();
    const ended = wait(place, () => select({ both: join(a.lock(), b.lock()), end: spawn(() => 'ended') }));
    await host.settle();
    expect(await ended).toMatchObject({ value: { key: 'end' } });
    held.release();
    expect([isFree(a), isFree(b)]).toEqual([true, true]);
  });

  it.each(combiners)('is given back when another branch of a %s throws', async (_, combine) => {
    const { host, wait } = scene();
    const mutex = new Mutex(0);
    const ended = wait(place, () => combine(mutex.lock(), async () => Promise.reject('first cause')));
    await host.settle();
    expect(await ended).toEqual({ thrown: 'first cause' });
    expect(isFree(mutex)).toBe(true);
  });

  it('is given back when another branch of a tryJoin gives an error', async () => {
    const { host, wait } = scene();
    const mutex = new Mutex(0);
    const ended = wait(place, () => tryJoin(mutex.lock(), async () => Err('expected')));
    await host.settle();
    expect(await ended).toMatchObject({ value: { ok: false, error: 'expected' } });
    expect(isFree(mutex)).toBe(true);
  });

  it('is given back when its value does not match', async () => {
    const { host, wait } = scene();
    const semaphore = new Semaphore(1);
    const ended = wait(place, () =>
      select({
        permit: when(
          true,
          () => semaphore.acquire(),
          () => false,
        ),
        other: spawn(() => 1),
      }),
    );
    await host.settle();
    expect(await ended).toMatchObject({ value: { key: 'other' } });
    expect(semaphore.availablePermits()).toBe(1);
  });
});

describe('what a branch was lent and nobody gets', () => {
  it('is given back when the task is aborted, from joins within joins too', async () => {
    const { host, spawn } = scene();
    const mutex = new Mutex(0);
    const lock = new RwLock(0);
    const semaphore = new Semaphore(3);
    const [tx] = mpsc.channel(2);
    const handle = spawn(function* () {
      yield* join(
        join(mutex.lock(), function* () {
          return [yield* lock.write()];
        }),
        timeout(50, semaphore.acquireMany(3)),
        select({ permit: tx.reserve() }),
        sleep(1000),
      );
    });
    await host.settle();
    expect([isFree(mutex), lock.tryRead().ok, semaphore.availablePermits(), tx.capacity()]).toEqual([
      false,
      false,
      0,
      1,
    ]);
    handle.abort();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
    expect([isFree(mutex), lock.tryWrite().ok, semaphore.availablePermits(), tx.capacity()]).toEqual([
      true,
      true,
      3,
      2,
    ]);
  });

  it('is given back when the winner is not delivered, since a loser cleans up until the abort', async () => {
    const { host, spawn } = scene();
    const mutex = new Mutex(0);
    const held = mutex.tryLock().unwrap();
    const handle = spawn(function* () {
      yield* select({
        guard: mutex.lock(),
        slow: function* () {
          try {
            yield* sleep(1000);
          } finally {
            yield* sleep(10);
          }
        },
      });
    });
    await host.settle();
    held.release();
    await host.settle();
    handle.abort();
    await host.advance(10);
    expect([await outcomeOf(handle), isFree(mutex)]).toEqual(['cancelled', true]);
  });

  it('is given back when the winner is not delivered, since a loser throws in its cleanup', async () => {
    const { host, wait } = scene();
    const mutex = new Mutex(0);
    const ended = wait('a generator task', () =>
      select({ slow: dirty, guard: mutex.lock() }, { biased: true }),
    );
    await host.settle();
    expect([await ended, isFree(mutex)]).toEqual([{ thrown: 'in a cleanup' }, true]);
  });

  it('is given back when the time of a join is up', async () => {
    const { host, spawn } = scene();
    const [a, b] = [new Mutex(0), new Mutex(0)];
    const held = b.tryLock().unwrap();
    const handle = spawn(async () => (await timeout(5, join(a.lock(), b.lock()))).ok);
    await host.advance(5);
    held.release();
    expect([await outcomeOf(handle), isFree(a), isFree(b)]).toEqual(['false', true, true]);
  });

  it('stays as it is where others hold it too: a handle, a promise, a cell', async () => {
    const { host, spawn } = scene();
    const [first, second] = [new Mutex(0), new Mutex(0)];
    const locking = spawn(function* () {
      return yield* first.lock();
    });
    const promise = Promise.resolve(second.tryLock().unwrap());
    let disposed = 0;
    const shared = { [Symbol.dispose]: () => (disposed += 1) };
    const cell = new OnceCell<typeof shared>();
    const handle = spawn(async () => {
      await join(
        locking,
        promise,
        cell.getOrInit(() => shared),
        sleep(1000),
      );
    });
    await host.settle();
    handle.abort();
    await host.settle();
    expect([await outcomeOf(handle), isFree(first), isFree(second), disposed]).toEqual([
      'cancelled',
      false,
      false,
      0,
    ]);
  });
});

describe.each(places)('of several throws in %s', (place) => {
  it.each(combiners)('%s throws the first, whatever the cleanup of others throws', async (_, combine) => {
    const { host, wait } = scene();
    const ended = wait(place, () => combine(async () => Promise.reject('first cause'), dirty));
    await host.settle();
    expect(await ended).toEqual({ thrown: 'first cause' });
  });
});
