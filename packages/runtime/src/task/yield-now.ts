import { DONE, RESUME, SUSPENDED, type Suspension, YIELDED } from '../base/suspension.js';
import { currentAsyncFrame } from './async-frame.js';
import { AsyncYield } from './async-yield.js';
import type { Callback } from './chain.js';
import { current, currentWaker } from './current.js';
import type { Op } from './op.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/**
 * Gives up the thread once: the task goes to the end of the queue.
 *
 * Timers and I/O are served between two turns, so a task that only yields starves nobody. Outside any task,
 * `await yieldNow()` goes on one microtask later. An aborted task does not come back from it.
 *
 * Source: `tokio::task::yield_now`.
 *
 * @example
 * const handle = spawn(function* () {
 *   for (let step = 0; step < 3; step += 1) yield* yieldNow();
 *   return 'done';
 * });
 */
export function yieldNow(): Op<void> {
  return YIELD;
}

/**
 * The one operation that is shared and may be used again: it keeps nothing, since the value that resumes a
 * generator tells the first step from the second. Made per call it would double the cost of a switch.
 */
const YIELD: Op<void> & Iterator<Suspension, void, unknown> = {
  [Symbol.iterator]() {
    if (currentWaker() === null) throw new TypeError(ITERATED);
    return this;
  },

  next(sent: unknown): IteratorResult<Suspension, void> {
    if (sent === RESUME) return DONE;
    // biome-ignore lint/complexity/noArguments: a rest parameter would make an array of it
    if (arguments.length === 0) throw new TypeError(ITERATED);
    if (current.leaving !== null && !current.leaving.mayBegin()) return SUSPENDED;
    return YIELDED;
  },

  // biome-ignore lint/suspicious/noThenProperty: an operation is awaitable, and PromiseLike is how JavaScript says so
  then(onValue, onThrow) {
    return AsyncYield.begin(
      currentAsyncFrame(),
      onValue as Callback,
      onThrow,
    ) as unknown as PromiseLike<never>;
  },
};

const ITERATED =
  'yieldNow() was iterated; write `await yieldNow()`, or `yield* yieldNow()` in a generator task.';

/** Makes a pollable of `branch` where it is `yieldNow()`, which is no `Operation` since it keeps nothing. */
export function yieldingOf(branch: unknown): Pollable<void> | undefined {
  return branch === YIELD ? new Yielding() : undefined;
}

class Yielding implements Pollable<void> {
  readonly what = 'yieldNow()';
  #yielded = false;

  poll(waker: Waker): undefined | Pending {
    if (this.#yielded) return undefined;
    this.#yielded = true;
    waker.wake();
    return PENDING;
  }

  leave(): boolean {
    return true;
  }
}
