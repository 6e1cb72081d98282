import { clearLine, cursorTo } from 'node:readline';

/**
 * What goes on while nothing can be shown yet, on stderr: one line that changes on a terminal, else one line
 * per round.
 */
export class Progress {
  readonly #stream = process.stderr;
  readonly #isLive = process.stderr.isTTY && process.env.TERM !== 'dumb';
  #last = '';

  /** Something began. `round` names it for those who see no live line; said twice, it is printed once. */
  show(round: string, detail: string): void {
    if (this.#isLive) {
      this.clear();
      this.#stream.write(`${round}: ${detail}`.slice(0, (this.#stream.columns || 80) - 1));
    } else if (round !== this.#last) {
      this.#stream.write(`${round}\n`);
    }
    this.#last = round;
  }

  /** Takes the live line away, before something else is printed. */
  clear(): void {
    if (!this.#isLive) return;
    clearLine(this.#stream, 0);
    cursorTo(this.#stream, 0);
  }
}
