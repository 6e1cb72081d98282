import { type HeapEntry, MinHeap } from '../../base/min-heap.js';
import type { Host, HostTimer } from '../../executor/host.js';

/**
 * The event loop of one explored schedule: turns run when `run-schedule.ts` says so, and so does the clock move.
 *
 * All at once, without a promise anywhere: a schedule begins and ends in one call, so nothing of the process
 * around it can get between two of its polls. `ManualHost` cannot, since it gives way to async bodies.
 */
export class ExploredHost implements Host {
  readonly #timers = new MinHeap<ExploredTimer>();
  #jobs: (() => void)[] = [];
  #nowMs = 0;
  #serials = 0;

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
    this.#serials += 1;
    const timer: ExploredTimer = { key: this.#nowMs + delayMs, serial: this.#serials, place: -1, fire };
    this.#timers.push(timer);
    return { cancel: () => this.#timers.remove(timer) };
  }

  get hasTimer(): boolean {
    return this.#timers.size > 0;
  }

  /** Runs what was asked for until now. Answers `false` when nothing was. */
  turn(): boolean {
    const jobs = this.#jobs;
    if (jobs.length === 0) return false;
    this.#jobs = [];
    for (const job of jobs) job();
    return true;
  }

  /** Moves the clock to the next timer, and fires it. */
  advance(): void {
    const timer = this.#timers.pop();
    if (timer === undefined) return;
    this.#nowMs = Math.max(this.#nowMs, timer.key);
    timer.fire();
  }
}

interface ExploredTimer extends HeapEntry {
  readonly fire: () => void;
}
