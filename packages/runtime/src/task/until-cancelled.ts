import { BranchAgainst } from './branch-against.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import type { Cancelled } from './token-node.js';

/** A branch against a token. It does not begin when the token is cancelled already. */
export class UntilCancelled implements Pollable<unknown> {
  readonly #against: BranchAgainst<unknown>;
  readonly #cancelled: Cancelled;
  #began = false;

  constructor(branch: Pollable<unknown>, cancelled: Cancelled) {
    this.#against = new BranchAgainst('runUntilCancelled(', branch, cancelled, valueOrNothing);
    this.#cancelled = cancelled;
  }

  get what(): string {
    return this.#against.what;
  }

  poll(waker: Waker): unknown | Pending {
    if (!this.#began && this.#cancelled.isCancelled) return undefined;
    this.#began = true;
    return this.#against.poll(waker);
  }

  leave(waker: Waker): boolean {
    return this.#against.leave(waker);
  }
}

function valueOrNothing(value: unknown): unknown {
  return value === PENDING ? undefined : value;
}
