import type { Host } from './host.js';

/**
 * The time of an executor: the host's, until a program stops it.
 *
 * What sleeps goes by this clock. The length of a turn and the patience with an aborted body go by the host's:
 * they are about this process, not about the program's idea of time.
 */
export class Clock {
  readonly #host: Host;
  #aheadMs = 0;
  #stoppedAtMs: number | undefined;
  /** Whether it was ever stopped. From then on its time is its own. */
  #departed = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Milliseconds since some fixed moment, with fractions. Never goes back. */
  now(): number {
    return this.#stoppedAtMs ?? this.#host.now() + this.#aheadMs;
  }

  get isStopped(): boolean {
    return this.#stoppedAtMs !== undefined;
  }

  /** Stops it at the next whole millisecond: timers are due at whole ones, so what then sleeps 5 ms sleeps 5 and not 4.7. */
  stop(): void {
    this.#departed = true;
    this.#stoppedAtMs = Math.ceil(this.now());
  }

  /** Lets it go on from where it stands. */
  go(): void {
    this.#aheadMs = this.now() - this.#host.now();
    this.#stoppedAtMs = undefined;
  }

  /** Moves it on while it is stopped. */
  moveTo(ms: number): void {
    this.#stoppedAtMs = ms;
  }

  /** Whether a moment on `other` is one on this clock. */
  agreesWith(other: Clock): boolean {
    return this === other || (this.#host === other.#host && !this.#departed && !other.#departed);
  }
}
