import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { ConcurrentWork } from './concurrent-work.js';

/**
 * The values that `mapConcurrent` gives, one by one, to one consumer: `for await (const value of results)`.
 *
 * A generator task, which has no `for await`, asks by `yield* results.next()`, and calls `results.return()` when it
 * needs no more.
 *
 * @example
 * const results = mapConcurrent([1, 2, 3], async (n: number) => n * 2, { concurrency: 2 });
 * const doubled: number[] = [];
 * for await (const value of results) doubled.push(value);
 * console.log(doubled); // [ 2, 4, 6 ]
 */
export class ConcurrentResults<T> {
  readonly #work: ConcurrentWork<T>;

  /** Not for programs: `mapConcurrent` makes it. */
  constructor(work: ConcurrentWork<T>) {
    this.#work = work;
  }

  /**
   * Waits for the next value; `done` says that there is none, and that no task is left. Throws what a task threw.
   *
   * The loser of a `select` has taken nothing, and the tasks go on. When the task that waits here is aborted, it is the
   * end: see `return()`.
   */
  next(): Op<IteratorResult<T, undefined>> {
    return new Operation(this.#work.next());
  }

  /**
   * Aborts the tasks that run, closes the source, and waits for the end of both. Again, it does nothing.
   *
   * A loop that is left calls it. Throws what closing the source throws.
   */
  return(): Op<IteratorResult<T, undefined>> {
    return new Operation(this.#work.end());
  }

  /** For `for await`. It is one and the same walk each time. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined, undefined> {
    return {
      next: async () => await this.next(),
      return: async () => await this.return(),
    };
  }

  /** The same as `return()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
