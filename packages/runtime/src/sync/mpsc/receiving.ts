import { DONE, RESUME, SUSPENDED, type Suspension } from '../../base/suspension.js';
import { current, currentWaker } from '../../task/current.js';
import { iteratedOutside, Operation, waitFor } from '../../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import type { Mailbox } from './mailbox.js';
import type { Recipient } from './receive-line.js';

// V8 looks up an import at each use, and knows a constant of this file.
const here = current;
const resume = RESUME;
const none: Pending = PENDING;

/**
 * Waits for a message, and takes it.
 *
 * It is the operation, what it polls and its place in the line, all in one object, with a `next` of its own: this is
 * half of what a channel costs, and put together from parts it costs twice as much. So it inherits, as `Sleeping`.
 */
export class Receiving<T> extends Operation<T | undefined> implements Pollable<T | undefined>, Recipient {
  declare readonly mailbox: Mailbox<T>;
  declare waker: Waker | undefined;
  declare called: boolean;

  constructor(mailbox: Mailbox<T>) {
    super();
    this.mailbox = mailbox;
    this.waker = undefined;
    this.called = false;
  }

  get what(): string {
    return 'receiver.recv()';
  }

  override next(sent: unknown): IteratorResult<Suspension, T | undefined> {
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
    return value === undefined ? DONE : { done: true, value };
  }

  poll(waker: Waker): T | undefined | Pending {
    const { mailbox } = this;
    if (this.called) {
      this.called = false;
      return mailbox.takeAside();
    }
    if (this.waker !== undefined) return pollAgain(this, waker);
    if (mailbox.freeMessages > 0) return mailbox.take();
    if (mailbox.size === 0 && mailbox.isOver) return undefined;
    this.waker = waker;
    mailbox.waitToReceive(this);
    return none;
  }

  leave(): boolean {
    if (this.waker !== undefined) this.mailbox.leaveReceive(this);
    return true;
  }
}

/** Polls one that stands in the line, and was woken in vain or for the end. */
function pollAgain<T>(receiving: Receiving<T>, waker: Waker): undefined | Pending {
  const { mailbox } = receiving;
  if (mailbox.size === 0 && mailbox.isOver) {
    mailbox.leaveReceive(receiving);
    return undefined;
  }
  receiving.waker = waker;
  return none;
}
