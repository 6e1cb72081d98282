import { checkMs } from '../base/check-ms.js';
import { currentExecutor } from '../executor/current-executor.js';
import { type Due, nextSerial, type Timers } from '../executor/timers.js';
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

/**
 * Waits until a moment on the clock of the executor that it was made under.
 *
 * It is its own entry among the timers, and not one object more: a hundred thousand may sleep at once.
 */
export class Sleeping implements Pollable<void>, Due {
  readonly #timers: Timers;
  readonly #delayMs: number;
  #waker: Waker | undefined;
  readonly key: number;
  readonly serial: number = nextSerial();
  place = -1;

  constructor(delayMs: number) {
    this.#timers = currentExecutor().timers;
    this.#delayMs = delayMs;
    // Rounded up to a millisecond, as tokio does: one timer of the host then serves many sleeps.
    this.key = Math.ceil(this.#timers.now() + delayMs);
  }

  get what(): string {
    return `sleep(${this.#delayMs})`;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#waker === undefined) this.#timers.set(this);
    else if (this.place < 0) return undefined;
    this.#waker = waker;
    return PENDING;
  }

  fire(): void {
    this.#waker?.wake();
  }

  leave(): boolean {
    this.#timers.clear(this);
    return true;
  }
}
