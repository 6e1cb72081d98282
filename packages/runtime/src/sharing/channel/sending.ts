import { ChannelClosed } from '../../sync/channel-closed.js';
import { Waiter } from '../../sync/waiter-list.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import type { ReadyValue } from '../../wire/send-value.js';
import type { SendingHalf } from './sending-half.js';

/** Waits for a slot, and puts its value there. */
export class Sending implements Pollable<void> {
  readonly what = 'sender.send()';
  /** Held, so that nobody takes the sender for garbage while something waits to be sent. */
  readonly #half: () => SendingHalf;
  readonly #value: unknown;
  readonly #ready: ReadyValue;
  #waiter: Waiter | undefined;

  constructor(half: () => SendingHalf, value: unknown, ready: ReadyValue) {
    this.#half = half;
    this.#value = value;
    this.#ready = ready;
  }

  poll(waker: Waker): undefined | Pending {
    const half = this.#half();
    const waiter = this.#waiter;
    if (waiter === undefined ? half.isClosed : half.isRefused) {
      if (waiter !== undefined) half.leave(waiter);
      throw new ChannelClosed('sender.send', this.#value);
    }
    if (waiter === undefined) {
      if (half.free > 0 && !half.hasLine) {
        half.put(this.#ready);
        return undefined;
      }
      this.#waiter = new Waiter(waker);
      half.wait(this.#waiter);
      // Between the look and the wait a slot may have come free on the other thread.
      return this.#waiter.called ? this.poll(waker) : PENDING;
    }
    if (!waiter.called) {
      waiter.waker = waker;
      return PENDING;
    }
    waiter.called = false;
    half.putAside(this.#ready);
    return undefined;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#half().leave(this.#waiter);
    return true;
  }
}

/** Waits until nothing can be sent any more. */
export class WaitingForEnd implements Pollable<void> {
  readonly what = 'sender.closed()';
  readonly #half: () => SendingHalf;
  #waiter: Waiter | undefined;

  constructor(half: () => SendingHalf) {
    this.#half = half;
  }

  poll(waker: Waker): undefined | Pending {
    const half = this.#half();
    if (half.isClosed) {
      this.leave();
      return undefined;
    }
    if (this.#waiter !== undefined) this.#waiter.waker = waker;
    else {
      this.#waiter = new Waiter(waker);
      half.waitForEnd(this.#waiter);
    }
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#half().leaveEnd(this.#waiter);
    return true;
  }
}
