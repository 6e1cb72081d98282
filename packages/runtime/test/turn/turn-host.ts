import type { Host, HostTimer } from '@heddle/runtime';

/** An event loop that notes what an executor asks of it, and does it when it is told to. */
export class TurnHost implements Host {
  nowMs = 0;
  /** What was asked for, in order: `microtask`, `macrotask`, `timer 5`. */
  readonly asked: string[] = [];
  readonly timers: { readonly delayMs: number; readonly fire: () => void; cancelled: boolean }[] = [];
  #jobs: (() => void)[] = [];
  readonly #clock: (host: TurnHost) => number;

  /** `clock` is read at each look at the time; it may move the time on, or lie. */
  constructor(clock: (host: TurnHost) => number = (host) => host.nowMs) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock(this);
  }

  microtask(turn: () => void): void {
    this.asked.push('microtask');
    this.#jobs.push(turn);
  }

  macrotask(turn: () => void): void {
    this.asked.push('macrotask');
    this.#jobs.push(turn);
  }

  setTimer(delayMs: number, fire: () => void): HostTimer {
    this.asked.push(`timer ${delayMs}`);
    const timer = { delayMs, fire, cancelled: false };
    this.timers.push(timer);
    return {
      cancel: () => {
        timer.cancelled = true;
      },
    };
  }

  /** The timers that are set and have neither fired nor been cancelled. */
  get pending(): number[] {
    return this.timers.filter(({ cancelled }) => !cancelled).map(({ delayMs }) => delayMs);
  }

  /** Fires the timer that was set last, as Node would: once. */
  fire(): void {
    const timer = this.timers.findLast(({ cancelled }) => !cancelled);
    if (timer === undefined) throw new Error('no timer is set');
    timer.cancelled = true;
    timer.fire();
  }

  /** Does what was asked for until now: one turn. Answers `false` when nothing was. */
  turn(): boolean {
    const jobs = this.#jobs;
    this.#jobs = [];
    for (const job of jobs) job();
    return jobs.length > 0;
  }
}
