import { checkMs } from '../base/check-ms.js';
import type { Clock } from '../executor/clock.js';
import { currentExecutor } from '../executor/current-executor.js';
import type { Due, Timers } from '../executor/timers.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { checkInstant, Instant, later } from './instant.js';
import { checkMissedTickBehavior, type MissedTickBehavior, nextTickMs } from './missed-tick-behavior.js';

/**
 * Ticks: one at once, then one every `periodMs` milliseconds.
 *
 * The period is from tick to tick, however long the work between them takes. Nothing runs by itself: a tick that
 * nobody waits for is missed, and `setMissedTickBehavior` says what becomes of those after it. The interval belongs
 * to the runtime that it was made under. Throws an `Error` for a period of zero, and a `TypeError` or `RangeError`
 * for one that is no number of milliseconds. Source: `tokio::time::interval`.
 *
 * @example
 * const every = interval(5);
 * for (let tick = 0; tick < 3; tick += 1) {
 *   await every.tick(); // after 0, 5 and 10 ms
 * }
 */
export function interval(periodMs: number): Interval {
  checkPeriod('interval', periodMs);
  return new Interval(Instant.now(), periodMs);
}

/**
 * Ticks at `start`, then every `periodMs` milliseconds. As `interval` in all else.
 *
 * Throws a `TypeError` also when `start` is not an `Instant`. Source: `tokio::time::interval_at`.
 *
 * @example
 * const every = intervalAt(Instant.now().add(5), 10);
 * await every.tick(); // after 5 ms
 * await every.tick(); // after 15 ms
 */
export function intervalAt(start: Instant, periodMs: number): Interval {
  checkInstant('intervalAt', 'start', start);
  checkPeriod('intervalAt', periodMs);
  return new Interval(start, periodMs);
}

/**
 * A series of ticks: see `interval`. Source: `tokio::time::Interval`.
 *
 * @example
 * const ticks = interval(5);
 * await ticks.tick();
 * const second = await ticks.tick();
 * console.log(second instanceof Instant, ticks.period()); // true 5
 */
export class Interval {
  readonly #ticks: Ticks;

  /** Not for programs: `interval` and `intervalAt` make one. */
  constructor(start: Instant, periodMs: number) {
    this.#ticks = new Ticks(start, periodMs);
  }

  /**
   * Waits for the next tick, and gives the moment at which it was due, which may be a while ago.
   *
   * Abort and a lost branch leave the tick for the next call: none is lost. Where several wait, each gets a tick of
   * its own, in the order in which they began to. Source: `Interval::tick`.
   */
  tick(): Op<Instant> {
    return new Operation(new Tick(this.#ticks));
  }

  /** Starts anew: the next tick is one period from now. Source: `Interval::reset`. */
  reset(): void {
    const { clock, periodMs } = this.#ticks;
    this.#ticks.setNext(later(clock.now(), periodMs));
  }

  /** Starts anew: the next tick is now. Source: `Interval::reset_immediately`. */
  resetImmediately(): void {
    this.#ticks.setNext(this.#ticks.clock.now());
  }

  /** Starts anew: the next tick is `delayMs` milliseconds from now. Throws as `sleep` does. Source: `Interval::reset_after`. */
  resetAfter(delayMs: number): void {
    checkMs('interval.resetAfter', 'delayMs', delayMs);
    this.#ticks.setNext(later(this.#ticks.clock.now(), delayMs));
  }

  /** Starts anew: the next tick is at `deadline`. Throws a `TypeError` for no `Instant` of its clock. Source: `Interval::reset_at`. */
  resetAt(deadline: Instant): void {
    checkInstant('interval.resetAt', 'deadline', deadline);
    this.#ticks.setNext(deadline.msOn('interval.resetAt', this.#ticks.clock));
  }

  /** Milliseconds from tick to tick. Source: `Interval::period`. */
  period(): number {
    return this.#ticks.periodMs;
  }

  /** What becomes of the ticks after one that came late; `'burst'` unless it was set. Source: `Interval::missed_tick_behavior`. */
  missedTickBehavior(): MissedTickBehavior {
    return this.#ticks.behavior;
  }

  /** Throws a `TypeError` for anything but the three names. Source: `Interval::set_missed_tick_behavior`. */
  setMissedTickBehavior(behavior: MissedTickBehavior): void {
    checkMissedTickBehavior('interval.setMissedTickBehavior', behavior);
    this.#ticks.behavior = behavior;
  }
}

/** The next tick of an interval, and who waits for it. It is set among the timers only while somebody does. */
class Ticks implements Due {
  readonly periodMs: number;
  readonly #timers: Timers;
  readonly #waiting = new Set<Waker>();
  #nextMs: number;
  behavior: MissedTickBehavior = 'burst';
  dueMs: number;
  place = -1;

  constructor(start: Instant, periodMs: number) {
    this.periodMs = periodMs;
    this.#timers = currentExecutor().timers;
    this.#nextMs = start.msOn('intervalAt', this.clock);
    this.dueMs = Math.ceil(this.#nextMs);
  }

  get clock(): Clock {
    return this.#timers.clock;
  }

  /** Takes the tick if it is due; otherwise `waker` is woken when it is. */
  take(waker: Waker): Instant | Pending {
    const nowMs = this.clock.now();
    // Who came before has the first tick, also where it is due and he was not polled since.
    const [first = waker] = this.#waiting;
    if (nowMs < this.#nextMs || first !== waker) {
      this.#waiting.add(waker);
      if (this.place < 0) this.#timers.set(this);
      return PENDING;
    }
    const tickMs = this.#nextMs;
    this.#waiting.delete(waker);
    this.setNext(nextTickMs(this.behavior, { tickMs, nowMs, periodMs: this.periodMs }));
    return new Instant(this.clock, tickMs);
  }

  leave(waker: Waker): void {
    this.#waiting.delete(waker);
    this.#timers.clear(this);
    if (this.#waiting.size > 0) this.#timers.set(this);
  }

  setNext(ms: number): void {
    this.#timers.clear(this);
    this.#nextMs = ms;
    this.dueMs = Math.ceil(ms);
    if (this.#waiting.size > 0) this.#timers.set(this);
  }

  /** Wakes the first; when he took his tick, or left, it is the next one's turn. */
  fire(): void {
    const [first] = this.#waiting;
    first?.wake();
  }
}

class Tick implements Pollable<Instant> {
  readonly #ticks: Ticks;

  constructor(ticks: Ticks) {
    this.#ticks = ticks;
  }

  get what(): string {
    return 'interval.tick()';
  }

  poll(waker: Waker): Instant | Pending {
    return this.#ticks.take(waker);
  }

  leave(waker: Waker): boolean {
    this.#ticks.leave(waker);
    return true;
  }
}

function checkPeriod(caller: string, periodMs: unknown): void {
  checkMs(caller, 'periodMs', periodMs);
  if (periodMs === 0) throw new RangeError(`${caller}: \`period\` must be non-zero.`);
}
