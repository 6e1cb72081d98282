import type { PermitPool } from './permit-pool.js';

/**
 * One or more permits of a `Semaphore`, to be given back when the work is done.
 *
 * Giving back twice is ignored: `using` gives back once more what was released early. A permit has no way to
 * come back by itself. Source: `tokio::sync::SemaphorePermit`.
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

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}
