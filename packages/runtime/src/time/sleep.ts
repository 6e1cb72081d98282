import { checkMs } from '../base/check-ms.js';
import { currentExecutor } from '../executor/current-executor.js';
import { Timer, type Timers } from '../executor/timers.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';


/**
 * Waits for `delayMs` milliseconds, counted from this call, not from its first use.
 *
 * It never ends early; it may end late when the thread is busy. `Infinity` never ends; a delay above 2 ** 31
 * milliseconds, which Node's own timers cannot hold, is waited for in full. Zero still gives up the thread and
 * waits for the next look at the timers. Abort withdraws the timer. Throws a `TypeError` or `RangeError` when
 * `delayMs` is not a number, not a number's value or negative. Source: `tokio::time::sleep`.
 *
 * @example
 * const handle = spawn(async () => {
 *   await sleep(10);
 *   return 'rested';
 * });
 */
export function sleep(delayMs: number): Op<void> {
  checkMs('sleep', 'delayMs', delayMs);
  return new Operation(new Sleeping(delayMs));
}

/** Waits until a moment on the clock of the executor that it was made under. */
export class Sleeping implements Pollable<void> {
  readonly #timers: Timers;
  readonly #delayMs: number;
  readonly #dueMs: number;
  #timer: Timer | undefined;
  #fired = false;

  constructor(delayMs: number) {
    this.#timers = currentExecutor().timers;
    this.#delayMs = delayMs;
    this.#dueMs = this.#timers.now() + delayMs;
  }

  get what(): string {
    return `sleep(${this.#delayMs})`;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#fired) return undefined;
    if (this.#timer !== undefined) {
      this.#timers.clear(this.#timer);
    }
    this.#timer = new Timer(this.#dueMs, () => {
      this.#fired = true;
      waker.wake();
    });
    this.#timers.set(this.#timer);
    return PENDING;
  }

  leave(): boolean {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    return true;
  }
}
