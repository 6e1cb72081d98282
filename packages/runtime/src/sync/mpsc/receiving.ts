import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { Waiter } from '../waiter-list.js';
import type { Mailbox } from './mailbox.js';

/** Waits for a message, and takes it. */
export class Receiving<T> implements Pollable<T | undefined> {
  readonly #mailbox: Mailbox<T>;
  #waiter: Waiter | undefined;

  constructor(mailbox: Mailbox<T>) {
    this.#mailbox = mailbox;
  }

  get what(): string {
    return 'receiver.recv()';
  }

  poll(waker: Waker): T | undefined | Pending {
    const mailbox = this.#mailbox;
    const waiter = this.#waiter;
    if (waiter === undefined) {
      if (mailbox.freeMessages > 0) return mailbox.take();
      if (mailbox.size === 0 && mailbox.isOver) return undefined;
      this.#waiter = new Waiter(waker);
      mailbox.waitToReceive(this.#waiter);
      return PENDING;
    }
    if (waiter.called) {
      waiter.called = false;
      return mailbox.takeAside();
    }
    if (mailbox.size === 0 && mailbox.isOver) {
      mailbox.leaveReceive(waiter);
      return undefined;
    }
    waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#mailbox.leaveReceive(this.#waiter);
    return true;
  }
}
