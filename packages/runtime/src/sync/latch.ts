import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Waiter, WaiterList } from './waiter-list.js';

/** Something that happens once, such as a close, and everyone who waits for it. */
export class Latch {
  readonly #waiters = new WaiterList();
  #open = false;

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    if (this.#open) return;
    this.#open = true;
    this.#waiters.wakeAll();
  }

  /** Waits for it; `what` names the operation for a person. */
  wait(what: string): Op<void> {
    return new Operation(new Opening(what, this, this.#waiters));
  }
}

class Opening implements Pollable<void> {
  readonly what: string;
  readonly #latch: Latch;
  readonly #waiters: WaiterList;
  #waiter: Waiter | undefined;

  constructor(what: string, latch: Latch, waiters: WaiterList) {
    this.what = what;
    this.#latch = latch;
    this.#waiters = waiters;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#latch.isOpen) {
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
