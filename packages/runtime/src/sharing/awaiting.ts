import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { type Claim, TAKEN } from './claim.js';
import { type InLine, lineFor } from './waiting-line.js';

/** Waits for a claim without blocking the thread: a part of the operations of this folder. */
export class Awaiting implements Pollable<undefined>, InLine {
  readonly what: string;
  readonly claim: Claim;
  #waker: Waker | undefined;
  #taken = false;

  constructor(what: string, claim: Claim) {
    this.what = what;
    this.claim = claim;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#taken) {
      this.#taken = false;
      return undefined;
    }
    if (this.#waker === undefined) {
      if (this.claim.attempt(false) === TAKEN) return undefined;
      this.#waker = waker;
      lineFor(this.claim).join(this);
      // The line has tried once more.
      return this.#taken ? this.poll(waker) : PENDING;
    }
    this.#waker = waker;
    return PENDING;
  }

  /** The line has taken for it: it stays taken until the poll, or goes back when there is none. */
  called(): void {
    this.#taken = true;
    this.#waker?.wake();
  }

  leave(): boolean {
    if (this.#taken) {
      this.#taken = false;
      this.claim.giveBack();
    } else if (this.#waker !== undefined) lineFor(this.claim).leave(this);
    return true;
  }
}
