import { checkFiniteMs } from '../base/check-ms.js';
import { safeInspect } from '../base/safe-inspect.js';
import type { Clock } from '../executor/clock.js';
import { currentExecutor } from '../executor/current-executor.js';

/** The last moment that there is, and below zero the first: beyond it a millisecond more is no other number. */
const LAST_MS = Number.MAX_SAFE_INTEGER;
/** Where a delay ends that is too long to be counted: in thirty years, as in tokio. */
const FAR_MS = 30 * 365 * 86_400_000;

/**
 * A moment on a runtime's clock: it never goes back, is no date, and stands still while that clock does.
 *
 * Two moments of one clock compare by `<` and `>`, and by `compare`. What two runtimes' clocks say is the same until
 * one of them was stopped; after that their moments have nothing to do with each other, and a method that is given
 * both throws a `TypeError`. Source: `tokio::time::Instant`.
 *
 * @example
 * const start = Instant.now();
 * await sleep(10);
 * console.log(start.elapsed() >= 10, start.add(10) <= Instant.now()); // true true
 */
export class Instant {
  readonly #clock: Clock;
  readonly #ms: number;

  /** Not for programs: `Instant.now()` and `add` make one. */
  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = Math.max(-LAST_MS, Math.min(ms, LAST_MS));
  }

  /** This moment, on the clock of the current task's runtime, else of the default one. Source: `Instant::now`. */
  static now(): Instant {
    const { clock } = currentExecutor();
    return new Instant(clock, clock.now());
  }

  /** Milliseconds from this moment until now, with fractions; zero for one to come. Source: `Instant::elapsed`. */
  elapsed(): number {
    return msBetween(this.#ms, this.#clock.now());
  }

  /**
   * Milliseconds from an earlier moment to this one, with fractions; zero when it is later. Throws a `TypeError` for
   * anything but an `Instant` of the same clock. Source: `Instant::duration_since`.
   */
  durationSince(earlier: Instant): number {
    checkInstant('instant.durationSince', 'earlier', earlier);
    return msBetween(earlier.msOn('instant.durationSince', this.#clock), this.#ms);
  }

  /**
   * The moment `ms` later. What lies beyond 2 ** 53 milliseconds is that last moment. Throws a `TypeError` or
   * `RangeError` for what is no finite number of milliseconds. Source: `Instant::checked_add`.
   */
  add(ms: number): Instant {
    checkFiniteMs('instant.add', 'ms', ms);
    return new Instant(this.#clock, this.#ms + ms);
  }

  /** The moment `ms` earlier. Throws as `add` does. Source: `Instant::checked_sub`. */
  sub(ms: number): Instant {
    checkFiniteMs('instant.sub', 'ms', ms);
    return new Instant(this.#clock, this.#ms - ms);
  }

  /**
   * Below zero when this moment is before `other`, above when it is after, zero when they are one: for `sort`. Throws
   * a `TypeError` for anything but an `Instant` of the same clock. Source: `Ord for Instant`.
   */
  compare(other: Instant): number {
    checkInstant('instant.compare', 'other', other);
    return this.#ms - other.msOn('instant.compare', this.#clock);
  }

  /** For `<` and `>`: milliseconds since some fixed moment of its clock. */
  valueOf(): number {
    return this.#ms;
  }

  /** Not for programs: the same as a number, for who goes by `clock`. */
  msOn(caller: string, clock: Clock): number {
    if (clock.agreesWith(this.#clock)) return this.#ms;
    throw new TypeError(
      `${caller}: this instant is of another runtime's clock, and one of the two was stopped.`,
    );
  }
}

/** Throws unless `value` is an `Instant`. */
export function checkInstant(caller: string, name: string, value: unknown): asserts value is Instant {
  if (value instanceof Instant) return;
  throw new TypeError(`${caller}: ${name} must be an Instant, got ${safeInspect(value, 100)}`);
}

/** The moment `delayMs` after `fromMs`; where that cannot be counted, thirty years from there. */
export function later(fromMs: number, delayMs: number): number {
  const ms = fromMs + delayMs;
  return ms <= LAST_MS ? ms : fromMs + FAR_MS;
}

// To the nanosecond, where a number can tell one: a difference has more digits than what it is of, and they mean nothing.
function msBetween(fromMs: number, toMs: number): number {
  const ms = Math.max(0, toMs - fromMs);
  const ns = Math.round(ms * 1e6);
  return ns <= Number.MAX_SAFE_INTEGER ? ns / 1e6 : ms;
}
