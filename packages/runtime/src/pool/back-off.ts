import { startTimeout } from '../base/timeout.js';

/** How long to wait after a failure before the next attempt: 100 ms, then twice as long each time, 10 s at most. */
export class BackOff {
  readonly #again: () => void;
  #failures = 0;
  #cancel: (() => void) | undefined;

  /** `again` is called when the next attempt may be made. */
  constructor(again: () => void) {
    this.#again = again;
  }

  get isWaiting(): boolean {
    return this.#cancel !== undefined;
  }

  /** Several failures of one attempt count as one. */
  failed(): void {
    if (this.#cancel !== undefined) return;
    const delayMs = Math.min(FIRST_MS * 2 ** this.#failures, LONGEST_MS);
    this.#failures += 1;
    this.#cancel = startTimeout(delayMs, () => {
      this.#cancel = undefined;
      this.#again();
    });
  }

  succeeded(): void {
    this.#failures = 0;
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

const FIRST_MS = 100;
const LONGEST_MS = 10_000;
