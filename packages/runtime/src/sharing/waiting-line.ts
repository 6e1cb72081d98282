import { type Claim, SLICE_MS, TAKEN } from './claim.js';

/** One member of a line. */
export interface InLine {
  readonly claim: Claim;
  /** The line has taken for it. */
  called(): void;
}

/**
 * Those of this thread who await the same word of shared memory.
 *
 * However many they are, one `Atomics.waitAsync` waits for all of them. It cannot be withdrawn: were there one for
 * each, every operation that is left (a `select` in a loop, say) would leave one behind until somebody notifies,
 * and each would take a wake-up from somebody who still waits. Of this one, what is left when all have left is
 * used by the next who comes; and when it is woken with nobody left, it passes the wake-up on.
 *
 * When it is woken, the line takes for its members, in their order, and keeps what it took until they are polled.
 * So nobody who is woken finds that another was faster, and who leaves gives back what can be used at once.
 */
class WaitingLine {
  readonly #waiting = new Set<InLine>();
  readonly #words: Int32Array;
  readonly #index: number;
  #listening = false;

  constructor({ words, index }: Claim) {
    this.#words = words;
    this.#index = index;
  }

  join(waiting: InLine): void {
    this.#waiting.add(waiting);
    look.add(this);
    if (!this.#listening) this.#listen();
  }

  leave(waiting: InLine): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) look.delete(this);
  }

  /** Somebody may have died, or was woken and died: nobody would have told. */
  lookAgain(): void {
    for (const { claim } of this.#waiting) claim.clearDead();
    this.#serve();
  }

  #listen(): void {
    for (;;) {
      const seen = this.#serve();
      if (seen === NOBODY_WAITS) return;
      if (seen === CHANGED) continue;
      const wait = Atomics.waitAsync(this.#words, this.#index, seen);
      if (!wait.async) continue;
      this.#listening = true;
      void wait.value.then(this.#woken);
      return;
    }
  }

  readonly #woken = (): void => {
    this.#listening = false;
    if (this.#waiting.size === 0) Atomics.notify(this.#words, this.#index, 1);
    else this.#listen();
  };

  /** Takes for all for whom there is something. Gives the value with which there was nothing for any of the rest. */
  #serve(): number | typeof NOBODY_WAITS | typeof CHANGED {
    let value: number | typeof NOBODY_WAITS | typeof CHANGED = NOBODY_WAITS;
    for (const waiting of this.#waiting) {
      const seen = waiting.claim.attempt(true);
      if (seen === TAKEN) {
        this.leave(waiting);
        waiting.called();
      } else if (value === NOBODY_WAITS) value = seen;
      else if (value !== seen) value = CHANGED;
    }
    return value;
  }
}

const NOBODY_WAITS = Symbol('nobody waits');
const CHANGED = Symbol('changed');

const lines = new WeakMap<Int32Array, WaitingLine>();

/** The line of this thread for the word of a claim. An object in shared memory has one word to sleep on. */
export function lineFor(claim: Claim): WaitingLine {
  let line = lines.get(claim.words);
  if (line === undefined) {
    line = new WaitingLine(claim);
    lines.set(claim.words, line);
  }
  return line;
}

/**
 * The lines with somebody in them. One timer looks after all of them, and keeps the process alive while there is
 * one: a pending `waitAsync` does not, and what is waited for happens on another thread.
 */
const look = {
  lines: new Set<WaitingLine>(),
  timer: undefined as NodeJS.Timeout | undefined,

  add(line: WaitingLine): void {
    this.lines.add(line);
    this.timer ??= setInterval(() => {
      for (const line of this.lines) line.lookAgain();
    }, SLICE_MS);
  },

  delete(line: WaitingLine): void {
    this.lines.delete(line);
    if (this.lines.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  },
};
