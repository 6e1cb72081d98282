import type { Host, HostTimer } from '../../executor/host.js';

/**
 * The event loop of one explored schedule: turns run when `run-schedule.ts` says so, and so does the clock move.
 *
 * All at once, without a promise anywhere: a schedule begins and ends in one call, so nothing of the process
 * around it can get between two of its polls. An executor has one timer at a time, and there is one executor.
 */
export class ExploredHost implements Host {
  #jobs: (() => void)[] = [];
  #timer: { readonly dueMs: number; readonly fire: () => void } | undefined;
  #nowMs = 0;

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
    const timer = { dueMs: this.#nowMs + delayMs, fire };
    this.#timer = timer;
    return {
      cancel: () => {
        if (this.#timer === timer) this.#timer = undefined;
      },
    };
  }

  get hasTimer(): boolean {
    return this.#timer !== undefined;
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
    const timer = this.#timer;
    if (timer === undefined) return;
    this.#timer = undefined;
    this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
    timer.fire();
  }
}
