import { lend } from '../base/lent.js';
import { addHolding, type Holding, removeHolding } from './holdings.js';
import { givePermits } from './permit-words.js';

/**
 * One or more permits of a `SharedSemaphore`, to be given back when the work is done.
 *
 * Giving back twice is ignored, as with a `SemaphorePermit`. It stays on its thread; when that ends, however it
 * ends, the permits come back by themselves.
 *
 * @example
 * const disk = new SharedSemaphore(2);
 * const permit = await disk.acquire();
 * console.log(disk.availablePermits()); // 1
 * permit.release();
 * console.log(disk.availablePermits()); // 2
 */
export class SharedSemaphorePermit implements Holding {
  readonly #words: Int32Array;
  #count: number;
  /** Not for programs. */
  place = 0;

  /** Not for programs: a `SharedSemaphore` makes it. */
  constructor(words: Int32Array, count: number) {
    this.#words = words;
    this.#count = count;
    addHolding(this);
  }

  /** How many permits it stands for; 0 once it was given back. */
  numPermits(): number {
    return this.#count;
  }

  /** Gives back, and wakes whom they suffice for. Again, it does nothing. In Rust it is the drop. */
  release(): void {
    const count = this.#count;
    if (count === 0) return;
    this.#count = 0;
    removeHolding(this);
    givePermits(this.#words, count);
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }

  /** Not for programs: this thread ends. */
  abandon(): void {
    const count = this.#count;
    this.#count = 0;
    givePermits(this.#words, count);
  }
}

lend(SharedSemaphorePermit);
