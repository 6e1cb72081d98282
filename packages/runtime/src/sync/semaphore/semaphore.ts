import { checkCount, MOST } from '../../base/check-count.js';
import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { Acquiring, type Grant } from './acquiring.js';
import { PermitPool } from './permit-pool.js';
import { SemaphorePermit } from './semaphore-permit.js';

/**
 * Holds a number of permits, which tasks take and give back: at most so many do something at a time.
 *
 * Who waits is served strictly in turn: a task that needs many collects them as they come, and no one behind it
 * overtakes, however few he needs. Zero permits to begin with are legal. A permit that nobody gives back, since
 * its task was aborted between two `yield*` without a `finally`, is lost: JavaScript has no drop.
 *
 * Source: `tokio::sync::Semaphore`.
 *
 * @example
 * const semaphore = new Semaphore(2);
 * const tasks = ['a', 'b', 'c'].map((page) =>
 *   spawn(async () => {
 *     const permit = await semaphore.acquire();
 *     try {
 *       await sleep(10);
 *       return page;
 *     } finally {
 *       permit.release();
 *     }
 *   }),
 * );
 * for (const task of tasks) console.log((await task).unwrap());
 */
export class Semaphore {
  readonly #pool: PermitPool;
  readonly #grant: Grant<SemaphorePermit>;

  /** The most permits that can be free: 2 ** 31 - 1. Source: `Semaphore::MAX_PERMITS`. */
  static readonly MAX_PERMITS: number = MOST;

  /** Throws a `TypeError` or `RangeError` unless `permits` is a whole number from 0 to 2 ** 31 - 1. */
  constructor(permits: number) {
    checkCount('Semaphore', 'permits', permits, 0);
    const pool = new PermitPool(permits);
    this.#pool = pool;
    this.#grant = { what, make: (count) => new SemaphorePermit(pool, count) };
  }

  /**
   * Waits for a permit.
   *
   * Abort withdraws: a permit that had come, even when the task was woken for it, goes to the next. Throws a
   * `SemaphoreClosed` when the semaphore is closed, even while it waits. Source: `Semaphore::acquire`.
   */
  acquire(): Op<SemaphorePermit> {
    return new Operation(new Acquiring(this.#pool, 1, this.#grant));
  }

  /**
   * Waits for `count` permits, and gives them as one.
   *
   * It takes what is free at once and the rest as it comes back. More than there will ever be is waited for for
   * ever, since permits can be added. As `acquire()` for the rest. Throws a `TypeError` or `RangeError` unless
   * `count` is a whole number from 0 to 2 ** 31 - 1. Source: `Semaphore::acquire_many`.
   */
  acquireMany(count: number): Op<SemaphorePermit> {
    checkCount('semaphore.acquireMany', 'count', count, 0);
    return new Operation(new Acquiring(this.#pool, count, this.#grant));
  }

  /**
   * Takes a permit if one is free, without waiting.
   *
   * While somebody waits none is free: what comes back is his. Source: `Semaphore::try_acquire`.
   */
  tryAcquire(): Result<SemaphorePermit, 'no permits' | 'closed'> {
    return this.#tryAcquire(1);
  }

  /**
   * Takes `count` permits if all of them are free, without waiting; else none.
   *
   * Throws a `TypeError` or `RangeError` unless `count` is a whole number from 0 to 2 ** 31 - 1. Source:
   * `Semaphore::try_acquire_many`.
   */
  tryAcquireMany(count: number): Result<SemaphorePermit, 'no permits' | 'closed'> {
    checkCount('semaphore.tryAcquireMany', 'count', count, 0);
    return this.#tryAcquire(count);
  }

  /**
   * Adds permits, for those who wait or to be taken later.
   *
   * Throws a `RangeError` when more than 2 ** 31 - 1 would be free. Source: `Semaphore::add_permits`.
   */
  addPermits(count: number): void {
    checkCount('semaphore.addPermits', 'count', count, 0);
    if (this.#pool.available + count > MOST) {
      throw new RangeError(
        `semaphore.addPermits: ${count} more than the ${this.#pool.available} free permits are over ${MOST}`,
      );
    }
    this.#pool.give(count);
  }

  /** Takes up to `count` free permits away for good, and gives how many it took. Source: `forget_permits`. */
  forgetPermits(count: number): number {
    checkCount('semaphore.forgetPermits', 'count', count, 0);
    const taken = Math.min(count, this.#pool.available);
    this.#pool.available -= taken;
    return taken;
  }

  /** How many permits are free. Those that a waiting task has collected are not. */
  availablePermits(): number {
    return this.#pool.available;
  }

  /** Gives no more permits: who waits, and who comes, gets a `SemaphoreClosed`. Again, it does nothing. */
  close(): void {
    this.#pool.close();
  }

  /** Whether it was closed. Source: `Semaphore::is_closed`. */
  isClosed(): boolean {
    return this.#pool.isClosed;
  }

  #tryAcquire(count: number): Result<SemaphorePermit, 'no permits' | 'closed'> {
    if (this.#pool.isClosed) return CLOSED;
    return this.#pool.tryTake(count) ? Ok(this.#grant.make(count)) : NO_PERMITS;
  }
}

const what = (count: number): string =>
  count === 1 ? 'semaphore.acquire()' : `semaphore.acquireMany(${count})`;

const NO_PERMITS = Err('no permits' as const);
const CLOSED = Err('closed' as const);
