import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { ChannelClosed } from '../channel-closed.js';
import { Waiter } from '../waiter-list.js';
import type { Mailbox } from './mailbox.js';

/** Waits for a slot, and puts its value there. */
export class Sending<T> implements Pollable<void> {
  readonly #mailbox: Mailbox<T>;
  readonly #sender: { isClosed(): boolean };
  readonly #value: T;
  #waiter: Waiter | undefined;

  constructor(mailbox: Mailbox<T>, sender: { isClosed(): boolean }, value: T) {
    this.#mailbox = mailbox;
    this.#sender = sender;
    this.#value = value;
  }

  get what(): string {
    return 'sender.send()';
  }

  poll(waker: Waker): undefined | Pending {
    const mailbox = this.#mailbox;
    const waiter = this.#waiter;
    if (waiter === undefined) {
      if (this.#sender.isClosed()) throw new ChannelClosed('sender.send', this.#value);
      if (mailbox.freeSlots > 0) {
        mailbox.put(this.#value);
        return undefined;
      }
      this.#waiter = new Waiter(waker);
      mailbox.waitToSend(this.#waiter);
      return PENDING;
    }
    if (mailbox.receiverClosed) {
      mailbox.leaveSend(waiter);
      throw new ChannelClosed('sender.send', this.#value);
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
    if (this.#waiter !== undefined) this.#mailbox.leaveSend(this.#waiter);
    return true;
  }
}
