import { Ring } from '../../base/ring.js';
import { Latch } from '../latch.js';
import { type Waiter, WaiterList } from '../waiter-list.js';
import { ReceiveLine, type Recipient } from './receive-line.js';

/**
 * What the ends of a channel share: the messages, the slots, and who waits for either.
 *
 * Two things are handed over, each to the one who waited longest, and each only set aside until the poll that
 * uses it: slots for a waiting send or reservation, a message for a waiting receive. Neither is moved at the
 * hand-over. So a send that is aborted after it was woken has sent nothing and its slot goes to the next, a
 * receive that is aborted after it was woken leaves its message at the head, and nobody who comes later can slip
 * in between.
 *
 * A slot is free, full, set aside for whoever waits first, or held by a permit. Who needs several collects them.
 *
 * Invariants: while somebody waits for slots none is free, a receive waits only while no message is free.
 *
 * Rejected: putting a waiting send's value into the buffer for it, which is one poll less but sends what a
 * `select` then reports as not sent; and giving the message itself to the waiting receive, which would have
 * to be put back in front of others on abort and would make the channel one longer than its capacity.
 */
export class Mailbox<T> {
  readonly capacity: number;
  /** Slots that hold no message and are set aside for nobody. */
  freeSlots: number;
  /** Messages that are set aside for nobody. */
  freeMessages = 0;
  /** The receiver wants nothing more. */
  receiverClosed = false;
  /** Nor what was sent and is not received yet. */
  discarded = false;
  readonly #messages = new Ring<T>();
  readonly #sends = new WaiterList();
  readonly #receives = new ReceiveLine();
  /** How many wait for slots, or were called for theirs and have not used them yet. */
  #waitingSends = 0;
  /** Slots held by permits. */
  #held = 0;
  #senders = 1;
  #closing: Latch | undefined;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.freeSlots = capacity;
  }

  /** How many messages were sent and not received. */
  get size(): number {
    return this.#messages.size;
  }

  /** Opens when the receiver wants nothing more. Made when first asked for: few senders wait for it. */
  get closing(): Latch {
    if (this.#closing === undefined) {
      this.#closing = new Latch();
      if (this.receiverClosed) this.#closing.open();
    }
    return this.#closing;
  }

  /** Whether either side is done: nobody has a right to send any more, or the receiver wants nothing more. */
  get isClosed(): boolean {
    return this.receiverClosed || this.#sendersAreDone();
  }

  /** Whether no message can come beyond those that are here. A permit can still be used when the receiver is closed. */
  get isOver(): boolean {
    if (!this.receiverClosed) return this.#sendersAreDone();
    return this.#held === 0 || this.discarded;
  }

  /** Puts a message into a free slot. */
  put(value: T): void {
    this.freeSlots -= 1;
    this.#push(value);
  }

  /** Puts a message into the slot that was set aside for it. */
  putAside(value: T): void {
    this.#waitingSends -= 1;
    this.#push(value);
  }

  /** Puts a message into a slot that a permit holds. */
  putHeld(value: T): void {
    this.#held -= 1;
    this.#push(value);
  }

  /** Gives free slots to permits. */
  hold(count: number): void {
    this.freeSlots -= count;
    this.#held += count;
  }

  /** Gives slots that were set aside to permits. */
  holdAside(count: number): void {
    this.#waitingSends -= 1;
    this.#held += count;
  }

  /** Takes back what permits held and did not use: the next in line has it. */
  giveBack(count: number): void {
    this.#held -= count;
    this.#passSlots(count);
    this.#maybeOver();
  }

  /** Takes the first message, one being free. */
  take(): T {
    this.freeMessages -= 1;
    return this.#pop();
  }

  /** Takes the first message, one having been set aside. */
  takeAside(): T {
    return this.#pop();
  }

  /** Joins the line of those who need slots, with what is free already. */
  waitToSend(waiter: Waiter): void {
    waiter.missing -= this.freeSlots;
    this.freeSlots = 0;
    this.#waitingSends += 1;
    this.#sends.push(waiter);
  }

  waitToReceive(recipient: Recipient): void {
    this.#receives.push(recipient);
  }

  /** Who needed so many slots goes away without them: aborted, or refused by a closed channel. */
  leaveSend(waiter: Waiter, needed: number): void {
    if (!waiter.called && !this.#sends.remove(waiter)) return;
    waiter.called = false;
    this.#waitingSends -= 1;
    this.#passSlots(needed - waiter.missing);
    this.#maybeOver();
  }

  /** A receive goes away without a message. */
  leaveReceive(recipient: Recipient): void {
    if (recipient.called) {
      recipient.called = false;
      this.#passMessage();
    } else this.#receives.remove(recipient);
  }

  addSender(): void {
    this.#senders += 1;
  }

  removeSender(): void {
    this.#senders -= 1;
    this.#maybeOver();
  }

  closeReceiver(): void {
    if (this.receiverClosed) return;
    this.receiverClosed = true;
    this.#closing?.open();
    this.#sends.wakeAll();
    this.#maybeOver();
  }

  /** Forgets the messages that are free to forget, and those that are still to come. */
  discard(): void {
    this.discarded = true;
    while (this.freeMessages > 0) this.take();
    this.#maybeOver();
  }

  #push(value: T): void {
    this.#messages.push(value);
    this.#passMessage();
  }

  #pop(): T {
    const value = this.#messages.pop() as T;
    this.#passSlot();
    this.#maybeOver();
    return value;
  }

  #passSlot(): void {
    const first = this.#sends.first;
    if (first === undefined) this.freeSlots += 1;
    else {
      first.missing -= 1;
      if (first.missing === 0) this.#sends.call();
    }
  }

  #passSlots(count: number): void {
    let left = count;
    for (; left > 0 && this.#sends.first !== undefined; left -= 1) this.#passSlot();
    this.freeSlots += left;
  }

  #passMessage(): void {
    if (this.#receives.call()) return;
    this.freeMessages += 1;
    // One that was set aside when the rest was forgotten, and that nobody took.
    if (this.discarded) this.take();
  }

  // A send that already waits keeps the channel open, whoever closed the sender that it was made with; so does a permit.
  #sendersAreDone(): boolean {
    return this.#senders === 0 && this.#waitingSends === 0 && this.#held === 0;
  }

  // The last message is gone and none can come: who still waits for one learns it.
  #maybeOver(): void {
    if (this.#receives.first !== undefined && this.#messages.size === 0 && this.isOver)
      this.#receives.wakeAll();
  }
}
