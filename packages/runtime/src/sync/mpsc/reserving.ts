import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { ChannelClosed } from '../channel-closed.js';
import { Waiter } from '../waiter-list.js';
import type { Mailbox } from './mailbox.js';

type Slots = Pick<
  Mailbox<unknown>,
  'freeSlots' | 'hold' | 'holdAside' | 'leaveSend' | 'receiverClosed' | 'waitToSend'
>;

/** Waits for slots, and gives what holds them. */
export class Reserving<P> implements Pollable<P> {
  readonly #caller: string;
  readonly #mailbox: Slots;
  readonly #sender: { isClosed(): boolean };
  readonly #count: number;
  readonly #make: () => P;
  #waiter: Waiter | undefined;

  constructor(caller: string, mailbox: Slots, sender: { isClosed(): boolean }, count: number, make: () => P) {
    this.#caller = caller;
    this.#mailbox = mailbox;
    this.#sender = sender;
    this.#count = count;
    this.#make = make;
  }

  get what(): string {
    return `${this.#caller}()`;
  }

  poll(waker: Waker): P | Pending {
    const mailbox = this.#mailbox;
    const count = this.#count;
    const waiter = this.#waiter;
    if (waiter === undefined) {
      if (this.#sender.isClosed()) throw new ChannelClosed(this.#caller, undefined);
      if (mailbox.freeSlots >= count) {
        mailbox.hold(count);
        return this.#make();
      }
      this.#waiter = new Waiter(waker, count);
      mailbox.waitToSend(this.#waiter);
      return PENDING;
    }
    if (mailbox.receiverClosed) {
      mailbox.leaveSend(waiter, count);
      throw new ChannelClosed(this.#caller, undefined);
    }
    if (waiter.called) {
      waiter.called = false;
      mailbox.holdAside(count);
      return this.#make();
    }
    waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#mailbox.leaveSend(this.#waiter, this.#count);
    return true;
  }
}
