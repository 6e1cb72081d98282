import { checkCount } from '../../base/check-count.js';
import { lend } from '../../base/lent.js';
import { safeInspect } from '../../base/safe-inspect.js';
import type { PermitPool } from './permit-pool.js';

/**
 * One or more permits of a `Semaphore`, to be given back when the work is done.
 *
 * Giving back twice is ignored: `using` gives back once more what was released early. A permit has no way to
 * come back by itself: JavaScript has no drop. Source: `tokio::sync::SemaphorePermit`.
 *
 * @example
 * const semaphore = new Semaphore(8);
 * const permit = await semaphore.acquireMany(8);
 * permit.split(6)?.release(); // six come back early, two stay
 * console.log(permit.numPermits(), semaphore.availablePermits()); // 2 6
 * permit.release();
 */
export class SemaphorePermit {
  readonly #pool: PermitPool;
  #count: number;

  /** Not for programs: a `Semaphore` makes it. */
  constructor(pool: PermitPool, count: number) {
    this.#pool = pool;
    this.#count = count;
  }

  /** How many permits it stands for; 0 once it was given back or forgotten. Source: `num_permits`. */
  numPermits(): number {
    return this.#count;
  }

  /** Gives back: the next in line has them. Again, it does nothing. In Rust it is the drop. */
  release(): void {
    const count = this.#count;
    this.#count = 0;
    if (count > 0) this.#pool.give(count);
  }

  /** Gives up without giving back: the semaphore has as many fewer from now on. Source: `forget`. */
  forget(): void {
    this.#count = 0;
  }

  /**
   * Takes over the permits of another one, which then stands for none.
   *
   * Throws a `TypeError` unless `other` is a permit of the same semaphore. Source: `merge`.
   */
  merge(other: SemaphorePermit): void {
    const isPermit = typeof other === 'object' && other !== null && #pool in other;
    if (!isPermit || other.#pool !== this.#pool) {
      const got = isPermit ? 'one of another' : safeInspect(other, 100);
      throw new TypeError(`semaphorePermit.merge: expected a permit of the same semaphore, got ${got}`);
    }
    const count = other.#count;
    other.#count = 0;
    this.#count += count;
  }

  /**
   * Splits `count` permits off, to be given back on their own; gives `undefined` when it stands for fewer.
   *
   * Throws a `TypeError` or `RangeError` unless `count` is a whole number from 0 to 2 ** 31 - 1. Source: `split`.
   */
  split(count: number): SemaphorePermit | undefined {
    checkCount('semaphorePermit.split', 'count', count, 0);
    if (count > this.#count) return undefined;
    this.#count -= count;
    return new SemaphorePermit(this.#pool, count);
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}

lend(SemaphorePermit);
