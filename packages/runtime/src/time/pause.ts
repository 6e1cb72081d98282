import { checkFiniteMs } from '../base/check-ms.js';
import { currentExecutor } from '../executor/current-executor.js';
import { letClockGo, stopClock } from '../executor/stop-clock.js';
import type { StoppedTime } from '../executor/stopped-time.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';

/**
 * Stops the clock of the current task's runtime, else of the default one, for tests that would have to wait.
 *
 * `Instant.now()` stands still, at a whole millisecond. When nothing is left to do but to wait, the clock jumps to
 * the next timer by itself, so a program that sleeps for hours runs in an instant, in the same order each time. It
 * does not jump while a task waits for a promise that is not of heddle, for a blocking job or for a thread: nobody
 * knows how long those take. Such a promise is not seen where the same async function, or what it called or left
 * behind, waits for an operation of ours beside it, as in `Promise.race([fetch(url), sleep(5_000)])`: there the clock
 * jumps. `select({ page: fetch(url), late: sleep(5_000) })` is seen, and so is `timeout`. Sockets do not hold it up,
 * nor does code outside of tasks. An abort's and a shutdown's limits of time go by the real clock. `new Runtime({ startPaused: true })` begins so. Throws an `Error` when the
 * clock is stopped. Source: `tokio::time::pause`.
 *
 * @example
 * pause();
 * const start = Instant.now();
 * await spawn(() => sleep(3_600_000));
 * console.log(start.elapsed()); // 3600000
 * resume();
 */
export function pause(): void {
  const executor = currentExecutor();
  if (executor.stopped !== undefined) throw new Error('pause: time is already frozen');
  stopClock(executor);
}

/**
 * Lets the clock go on from where it stands, at its usual pace.
 *
 * Throws an `Error` when it is not stopped. Source: `tokio::time::resume`.
 *
 * @example
 * pause();
 * await advance(1_000);
 * resume(); // the clock is a second ahead from now on
 */
export function resume(): void {
  const executor = currentExecutor();
  if (executor.stopped === undefined) throw new Error('resume: time is not frozen');
  letClockGo(executor);
}

/**
 * Moves a stopped clock on by exactly `delayMs` milliseconds, fractions too.
 *
 * Whatever became due is woken, in the order of its moments, before this ends; each such task has been polled once
 * then, but what it began anew has not happened. It does not stop at each timer on the way, as sleeping does. Once
 * begun, an abort does not take it back. Throws an `Error` when the clock is not stopped, and a `TypeError` or
 * `RangeError` when `delayMs` is no finite number of milliseconds. Source: `tokio::time::advance`.
 *
 * @example
 * pause();
 * const start = Instant.now();
 * await advance(0.25);
 * console.log(start.elapsed()); // 0.25
 * resume();
 */
export function advance(delayMs: number): Op<void> {
  checkFiniteMs('advance', 'delayMs', delayMs);
  const { stopped } = currentExecutor();
  if (stopped === undefined) throw new Error('advance: time is not frozen');
  return new Operation(new Advancing(stopped, delayMs));
}

class Advancing implements Pollable<void> {
  readonly #stopped: StoppedTime;
  readonly #delayMs: number;
  #waker: Waker | undefined;
  #done = false;

  constructor(stopped: StoppedTime, delayMs: number) {
    this.#stopped = stopped;
    this.#delayMs = delayMs;
  }

  get what(): string {
    return `advance(${this.#delayMs})`;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#done) return undefined;
    const began = this.#waker !== undefined;
    this.#waker = waker;
    if (!began) this.#begin();
    return PENDING;
  }

  leave(): boolean {
    return true;
  }

  #begin(): void {
    if (!this.#stopped.isStopped) throw new Error('advance: time is not frozen');
    this.#stopped.advance(this.#delayMs, () => {
      this.#done = true;
      this.#waker?.wake();
    });
  }
}
