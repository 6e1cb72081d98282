import { DONE, RESUME, SUSPENDED, type Suspension } from '../../base/suspension.js';
import { current, currentWaker } from '../../task/current.js';
import { iteratedOutside, Operation, waitFor } from '../../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { ChannelClosed } from '../channel-closed.js';
import { Waiter } from '../waiter-list.js';
import type { Mailbox } from './mailbox.js';

// V8 looks up an import at each use, and knows a constant of this file.
const here = current;
const resume = RESUME;
const none: Pending = PENDING;

/** Waits for a slot, and puts its value there. One object, as `Receiving` is. */
export class Sending<T> extends Operation<void> implements Pollable<void> {
  declare readonly mailbox: Mailbox<T>;
  declare readonly sender: { isClosed(): boolean };
  declare readonly value: T;
  declare readonly caller: string;
  declare waiter: Waiter | undefined;

  constructor(mailbox: Mailbox<T>, sender: { isClosed(): boolean }, value: T, caller: string) {
    super();
    this.mailbox = mailbox;
    this.sender = sender;
    this.value = value;
    this.caller = caller;
    this.waiter = undefined;
  }

  get what(): string {
    return `${this.caller}()`;
  }

  override next(sent: unknown): IteratorResult<Suspension, void> {
    const waker = currentWaker();
    if (waker === null) throw iteratedOutside(this.what);
    // biome-ignore lint/complexity/noArguments: a rest parameter would make an array of it
    if (sent !== resume && !this.mayBegin(arguments.length)) return SUSPENDED;
    if (here.budget <= 0) return this.waitForBudget(waker);
    const value = this.poll(waker);
    if (value === none) {
      waitFor(this);
      return SUSPENDED;
    }
    here.budget -= 1;
    return DONE;
  }

  poll(waker: Waker): undefined | Pending {
    const mailbox = this.mailbox;
    const waiter = this.waiter;
    if (waiter === undefined) {
      if (this.sender.isClosed()) throw refused(this);
      if (mailbox.freeSlots > 0) {
        mailbox.put(this.value);
        return undefined;
      }
      this.waiter = new Waiter(waker);
      mailbox.waitToSend(this.waiter);
      return none;
    }
    if (mailbox.receiverClosed) {
      mailbox.leaveSend(waiter, 1);
      throw refused(this);
    }
    if (waiter.called) {
      waiter.called = false;
      mailbox.putAside(this.value);
      return undefined;
    }
    waiter.waker = waker;
    return none;
  }

  leave(): boolean {
    if (this.waiter !== undefined) this.mailbox.leaveSend(this.waiter, 1);
    return true;
  }
}

/** Costs its unit of the budget: a body that catches it and sends again must not keep the thread. */
function refused<T>({ caller, value }: Sending<T>): ChannelClosed<T> {
  here.budget -= 1;
  return new ChannelClosed(caller, value);
}
