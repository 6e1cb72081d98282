import { startTimeout } from '../base/timeout.js';

interface Due {
  readonly atMs: number;
  readonly run: () => void;
  readonly cancel: () => void;
}

/**
 * What is to be done after a while: by Node's timers, or by who has blocked this thread, so that none of them fires.
 */
export class DueList {
  readonly #dues = new Set<Due>();

  after(delayMs: number, run: () => void): void {
    const due: Due = {
      atMs: performance.now() + delayMs,
      run,
      cancel: startTimeout(delayMs, () => this.#run(due)),
    };
    this.#dues.add(due);
  }

  /** Does what is due. */
  runDue(): void {
    const nowMs = performance.now();
    for (const due of [...this.#dues]) if (due.atMs <= nowMs) this.#run(due);
  }

  /** How long until the next is due; `Infinity` when nothing is. */
  nextInMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { atMs } of this.#dues) nextMs = Math.min(nextMs, atMs);
    return Math.max(0, nextMs - performance.now());
  }

  cancelAll(): void {
    for (const { cancel } of this.#dues) cancel();
    this.#dues.clear();
  }

  #run(due: Due): void {
    due.cancel();
    if (this.#dues.delete(due)) due.run();
  }
}
