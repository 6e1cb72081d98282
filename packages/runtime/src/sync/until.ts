import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Waiter, type WaiterList } from './waiter-list.js';

/**
 * Waits until `isSo` says yes; whoever changes that wakes all of `waiters`. `what` names the operation for a person.
 *
 * It is asked at each poll and at nothing else, so what was so for a moment, between a wake and its poll, was not.
 */
export function until(what: string, isSo: () => boolean, waiters: WaiterList): Op<void> {
  return new Operation(new Until(what, isSo, waiters));
}

class Until implements Pollable<void> {
  readonly what: string;
  readonly #isSo: () => boolean;
  readonly #waiters: WaiterList;
  #waiter: Waiter | undefined;

  constructor(what: string, isSo: () => boolean, waiters: WaiterList) {
    this.what = what;
    this.#isSo = isSo;
    this.#waiters = waiters;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#isSo()) {
      this.leave();
      return undefined;
    }
    if (this.#waiter !== undefined) this.#waiter.waker = waker;
    else {
      this.#waiter = new Waiter(waker);
      this.#waiters.push(this.#waiter);
    }
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#waiters.remove(this.#waiter);
    return true;
  }
}
