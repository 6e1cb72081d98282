import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { Waiter } from '../waiter-list.js';
import type { Mailbox } from './mailbox.js';

/** Waits for a message, and takes it with those behind it. */
export class ReceivingMany<T> implements Pollable<number> {
  readonly #mailbox: Mailbox<T>;
  readonly #buffer: T[];
  readonly #limit: number;
  #waiter: Waiter | undefined;

  constructor(mailbox: Mailbox<T>, buffer: T[], limit: number) {
    this.#mailbox = mailbox;
    this.#buffer = buffer;
    this.#limit = limit;
  }

  get what(): string {
    return `receiver.recvMany(${this.#limit})`;
  }

  poll(waker: Waker): number | Pending {
    if (this.#limit === 0) return 0;
    const mailbox = this.#mailbox;
    const waiter = this.#waiter;
    if (waiter?.called === true) {
      waiter.called = false;
      this.#buffer.push(mailbox.takeAside());
      return 1 + this.#takeFree(this.#limit - 1);
    }
    if (mailbox.freeMessages > 0) {
      if (waiter !== undefined) mailbox.leaveReceive(waiter);
      return this.#takeFree(this.#limit);
    }
    if (mailbox.size === 0 && mailbox.isOver) {
      if (waiter !== undefined) mailbox.leaveReceive(waiter);
      return 0;
    }
    if (waiter !== undefined) waiter.waker = waker;
    else {
      this.#waiter = new Waiter(waker);
      mailbox.waitToReceive(this.#waiter);
    }
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#mailbox.leaveReceive(this.#waiter);
    return true;
  }

  #takeFree(limit: number): number {
    let taken = 0;
    while (taken < limit && this.#mailbox.freeMessages > 0) {
      this.#buffer.push(this.#mailbox.take());
      taken += 1;
    }
    return taken;
  }
}
