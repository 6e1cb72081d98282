/** Notes how late the ticks of a ticker come. */
export class Ticking {
  readonly latenessMs: number[] = [];
  readonly #everyMs: number;
  readonly #startedAtMs = performance.now();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** How long to sleep until the next tick is due. */
  untilNextMs(): number {
    return Math.max(0, this.#dueMs() - performance.now());
  }

  /**
   * The ticker is back: notes every tick that has fallen due since, each with its own delay.
   *
   * One that comes back too early, as Node's timers may, notes nothing and sleeps on.
   */
  tick(): void {
    const nowMs = performance.now();
    while (this.#dueMs() <= nowMs) this.latenessMs.push(nowMs - this.#dueMs());
  }

  // Counted from the start, not from the last tick: a ticker that is late once is not late for ever.
  #dueMs(): number {
    return this.#startedAtMs + (this.latenessMs.length + 1) * this.#everyMs;
  }
}
