import { checkMs } from '../base/check-ms.js';
import type { Clock } from '../executor/clock.js';
import { currentExecutor } from '../executor/current-executor.js';
import type { Due, Timers } from '../executor/timers.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { checkInstant, Instant, later } from './instant.js';

/**
 * A wait for one moment, which may be moved. `sleep` and `sleepUntil` make it.
 *
 * Unlike other operations it may be used again where it has not ended: a `select` that it lost, or an abort,
 * leaves it as it was. Once it has ended, another use throws, until `reset`. Source: `tokio::time::Sleep`.
 */
export interface Sleep extends Op<void> {
  /** When it ends. Source: `Sleep::deadline`. */
  deadline(): Instant;
  /** Whether it was waited for and its moment has come; `reset` makes it false again. Source: `Sleep::is_elapsed`. */
  isElapsed(): boolean;
  /**
   * Moves it to another moment, before or after it ended, and while it is waited for.
   *
   * A moment that has passed ends it at once. Throws a `TypeError` for anything but an `Instant` of this
   * runtime's clock. Source: `Sleep::reset`.
   */
  reset(deadline: Instant): void;
}

/**
 * Waits for `delayMs` milliseconds, counted from this call, not from its first use.
 *
 * It never ends early; it may end late when the thread is busy. A fraction of a millisecond is rounded up.
 * `Infinity` never ends; a delay above 2 ** 31 milliseconds, which Node's own timers cannot hold, is waited for in
 * full, and one that ends beyond what a number can count ends in thirty years. Zero still gives up the thread and
 * waits for the next look at the timers. Abort withdraws the timer. Throws a `TypeError` or `RangeError` when
 * `delayMs` is not a number, not a number's value or negative. Source: `tokio::time::sleep`.
 *
 * @example
 * const handle = spawn(async () => {
 *   await sleep(10);
 *   return 'rested';
 * });
 */
export function sleep(delayMs: number): Sleep {
  checkMs('sleep', 'delayMs', delayMs);
  return new Sleeping(delayMs);
}

/**
 * Waits until a moment: as `sleep`, for one that has been worked out before.
 *
 * A moment that has passed waits for the next look at the timers. Throws a `TypeError` for anything but an `Instant`
 * of this runtime's clock. Source: `tokio::time::sleep_until`.
 *
 * @example
 * const start = Instant.now();
 * await sleepUntil(start.add(10));
 * console.log(start.elapsed() >= 10); // true
 */
export function sleepUntil(deadline: Instant): Sleep {
  checkInstant('sleepUntil', 'deadline', deadline);
  return new Sleeping(deadline);
}

/** The waker of a sleep whose moment has come and that was not polled since. */
const FIRED: Waker = { wake: () => undefined };
/** The waker of one that has ended. */
const ENDED: Waker = { wake: () => undefined };

/**
 * A sleep is the operation, what it polls and its entry among the timers, all in one object: a hundred thousand may
 * sleep at once, and half of what that costs is the collector's. So it inherits, where else things are put together.
 */
export class Sleeping extends Operation<void> implements Sleep, Pollable<void>, Due {
  readonly #timers: Timers;
  #until: number | Instant;
  /** Who waits; undefined while nobody has begun to. */
  #waker: Waker | undefined = undefined;
  dueMs: number;
  place = -1;

  /** `until` is in milliseconds from now, or an `Instant`. */
  constructor(until: number | Instant) {
    super();
    const { timers, clock } = currentExecutor();
    this.#timers = timers;
    this.#until = until;
    // Rounded up to a millisecond, as tokio does: one timer of the host then serves many sleeps.
    this.dueMs = Math.ceil(typeof until === 'number' ? dueMs(clock, until) : until.msOn('sleepUntil', clock));
  }

  get what(): string {
    return typeof this.#until === 'number' ? `sleep(${this.#until})` : 'sleepUntil()';
  }

  deadline(): Instant {
    if (typeof this.#until !== 'number') return this.#until;
    return new Instant(this.#timers.clock, this.dueMs);
  }

  isElapsed(): boolean {
    return this.#waker === FIRED || this.#waker === ENDED;
  }

  reset(deadline: Instant): void {
    checkInstant('sleep.reset', 'deadline', deadline);
    const dueMs = Math.ceil(deadline.msOn('sleep.reset', this.#timers.clock));
    const waker = this.isElapsed() ? undefined : this.#waker;
    if (this.#waker === ENDED) Operation.renew(this);
    this.#timers.clear(this);
    this.#until = deadline;
    this.dueMs = dueMs;
    this.#waker = waker;
    if (dueMs <= this.#timers.now()) this.fire();
    else if (waker !== undefined) this.#timers.set(this);
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#waker === FIRED) {
      this.#waker = ENDED;
      return undefined;
    }
    if (this.#waker === undefined) this.#timers.set(this);
    this.#waker = waker;
    return PENDING;
  }

  fire(): void {
    const waker = this.#waker;
    this.#waker = FIRED;
    waker?.wake();
  }

  leave(): boolean {
    this.#timers.clear(this);
    if (this.#waker !== FIRED) this.#waker = undefined;
    Operation.renew(this);
    return true;
  }
}

// A sleep for ever has no moment, and keeps no process.
function dueMs(clock: Clock, delayMs: number): number {
  return delayMs === Number.POSITIVE_INFINITY ? delayMs : later(clock.now(), delayMs);
}
