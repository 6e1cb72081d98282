import { LONGEST_MS } from '../base/timeout.js';

/** Keeps the process alive while something is held that nothing of Node's stands for: a job without a thread. */
export class KeepAlive {
  #held = 0;
  #timer: NodeJS.Timeout | undefined;

  hold(): void {
    this.#held += 1;
    this.#timer ??= setInterval(() => undefined, LONGEST_MS);
  }

  release(): void {
    this.#held -= 1;
    if (this.#held > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
