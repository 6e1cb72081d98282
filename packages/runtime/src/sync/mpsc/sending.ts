import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { ChannelClosed } from '../channel-closed.js';
import { Waiter } from '../waiter-list.js';
import type { Mailbox } from './mailbox.js';

/** Waits for a slot, and puts its value there. */
export class Sending<T> implements Pollable<void> {
  readonly #mailbox: Mailbox<T>;
  readonly #sender: { isClosed(): boolean };
  readonly #value: T;
  readonly #caller: string;
  #waiter: Waiter | undefined;

  constructor(mailbox: Mailbox<T>, sender: { isClosed(): boolean }, value: T, caller: string) {
    this.#mailbox = mailbox;
    this.#sender = sender;
    this.#value = value;
    this.#caller = caller;
  }

  get what(): string {
    return `${this.#caller}()`;
  }

  poll(waker: Waker): undefined | Pending {
    const mailbox = this.#mailbox;
    const waiter = this.#waiter;
    if (waiter === undefined) {
      if (this.#sender.isClosed()) throw new ChannelClosed(this.#caller, this.#value);
      if (mailbox.freeSlots > 0) {
        mailbox.put(this.#value);
        return undefined;
      }
      this.#waiter = new Waiter(waker);
      mailbox.waitToSend(this.#waiter);
      return PENDING;
    }
    if (mailbox.receiverClosed) {
      mailbox.leaveSend(waiter, 1);
      throw new ChannelClosed(this.#caller, this.#value);
    }
    if (waiter.called) {
      waiter.called = false;
      mailbox.putAside(this.#value);
      return undefined;
    }
    waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#mailbox.leaveSend(this.#waiter, 1);
    return true;
  }
}
