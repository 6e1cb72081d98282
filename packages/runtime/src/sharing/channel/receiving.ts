import { Waiter } from '../../sync/waiter-list.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import type { ReceivingHalf } from './receiving-half.js';

/** Waits for an item, and takes it. */
export class Receiving<T> implements Pollable<T | undefined> {
  readonly what = 'receiver.recv()';
  /** Held, so that nobody takes the receiver for garbage while somebody waits on it. */
  readonly #half: () => ReceivingHalf;
  #waiter: Waiter | undefined;

  constructor(half: () => ReceivingHalf) {
    this.#half = half;
  }

  poll(waker: Waker): T | undefined | Pending {
    const half = this.#half();
    const waiter = this.#waiter;
    if (waiter === undefined) {
      if (half.free > 0 && !half.hasLine) return half.take() as T;
      if (half.isDrained) return undefined;
      this.#waiter = new Waiter(waker);
      half.wait(this.#waiter);
      // Between the look and the wait something may have come from the other thread.
      return this.#waiter.called ? this.poll(waker) : PENDING;
    }
    if (waiter.called) {
      waiter.called = false;
      return half.takeAside() as T;
    }
    if (half.isDrained) {
      half.leave(waiter);
      return undefined;
    }
    waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#half().leave(this.#waiter);
    return true;
  }
}
