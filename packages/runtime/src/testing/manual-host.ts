import { setImmediate as nextRound } from 'node:timers/promises';
import { checkMs } from '../base/check-ms.js';
import { type HeapEntry, MinHeap } from '../base/min-heap.js';
import type { Host, HostTimer } from '../executor/host.js';
import { current } from '../task/current.js';

/**
 * An event loop that is turned by hand, with a clock that stands still until it is told to move.
 *
 * A program that sleeps for hours runs in an instant, in the same order every time: nothing in it waits for
 * real time. Generator tasks need nothing but `runUntilIdle()`; async bodies are resumed by JavaScript itself,
 * so `settle()` and `advance()` give it the chance to, and must be awaited. What a task waits for outside
 * heddle, a socket or a promise of somebody else, is not turned by this.
 *
 * @example
 * const host = new ManualHost();
 * const runtime = new Runtime({ host });
 * const lines: string[] = [];
 * runtime.spawn(async () => {
 *   await sleep(60_000);
 *   lines.push('a minute later');
 * });
 * await host.advance(59_999);
 * console.log(lines.length); // 0
 * await host.advance(1);
 * console.log(lines); // [ 'a minute later' ]
 */
export class ManualHost implements Host {
  readonly #timers = new MinHeap<ManualTimer>();
  #jobs: (() => void)[] = [];
  #nowMs = 0;
  #advancing: Promise<void> | undefined;

  now(): number {
    return this.#nowMs;
  }

  microtask(turn: () => void): void {
    this.#jobs.push(turn);
  }

  macrotask(turn: () => void): void {
    this.#jobs.push(turn);
  }

  setTimer(delayMs: number, fire: () => void): HostTimer {
    const timer = new ManualTimer(this.#nowMs + delayMs, fire);
    this.#timers.push(timer);
    return { cancel: () => this.#timers.remove(timer) };
  }

  /** How many timers the executors of this host have set. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /**
   * Runs one turn of each executor that asked for one. Answers `false` when none did.
   *
   * What one of them throws, of a policy say, is thrown on; those behind it have their turn at the next call.
   *
   * Throws an `Error` inside the poll of a task, of whichever runtime: a poll within a poll would leave that one
   * without its task. Source: tokio refuses `block_on` within a runtime.
   */
  turn(): boolean {
    if (current.task !== null) {
      throw new Error(
        'ManualHost.turn: called in the poll of a task; turn the event loop from outside of tasks',
      );
    }
    const jobs = this.#jobs;
    if (jobs.length === 0) return false;
    this.#jobs = [];
    let begun = 0;
    try {
      for (const job of jobs) {
        begun += 1;
        job();
      }
    } finally {
      if (begun < jobs.length) this.#jobs = [...jobs.slice(begun), ...this.#jobs];
    }
    return true;
  }

  /** Runs turns until no executor asks for another. Enough for generator tasks. */
  runUntilIdle(): void {
    while (this.turn());
  }

  /** Runs turns, and what JavaScript has to do between them, until nothing is left to do at this moment. */
  async settle(): Promise<void> {
    do {
      this.runUntilIdle();
      await nextRound();
    } while (this.#jobs.length > 0);
  }

  /**
   * Moves the clock on by `ms`, firing every timer on the way at its own moment.
   *
   * One that is called while another still runs begins when that has ended, so that together they move it by the sum.
   */
  async advance(ms: number): Promise<void> {
    checkMs('ManualHost.advance', 'ms', ms);
    const move = () => this.#move(ms);
    const moved = this.#advancing === undefined ? move() : this.#advancing.then(move, move);
    this.#advancing = moved;
    try {
      await moved;
    } finally {
      if (this.#advancing === moved) this.#advancing = undefined;
    }
  }

  /** Moves the clock from timer to timer until none is left. A program that sets timers for ever never ends. */
  async runToEnd(): Promise<void> {
    await this.advance(Number.POSITIVE_INFINITY);
  }

  async #move(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.settle();
    for (;;) {
      const timer = this.#timers.peek();
      if (timer === undefined || timer.key > untilMs) break;
      this.#timers.pop();
      this.#nowMs = Math.max(this.#nowMs, timer.key);
      timer.fire();
      await this.settle();
    }
    if (Number.isFinite(untilMs)) this.#nowMs = untilMs;
  }
}

let serials = 0;

class ManualTimer implements HeapEntry {
  readonly key: number;
  readonly serial: number;
  readonly fire: () => void;
  place = -1;

  constructor(dueMs: number, fire: () => void) {
    serials += 1;
    this.key = dueMs;
    this.serial = serials;
    this.fire = fire;
  }
}
