import { Ring } from '../../base/ring.js';
import { Latch } from '../latch.js';
import { type Waiter, WaiterList } from '../waiter-list.js';

/**
 * What the ends of a channel share: the messages, the slots, and who waits for either.
 *
 * Two things are handed over, each to the one who waited longest, and each only set aside until the poll that
 * uses it: a slot for a waiting send, a message for a waiting receive. Neither is moved at the hand-over. So a
 * send that is aborted after it was woken has sent nothing and its slot goes to the next, a receive that is
 * aborted after it was woken leaves its message at the head, and nobody who comes later can slip in between.
 *
 * Invariants: a send waits only while no slot is free, a receive only while no message is free.
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
  readonly #messages = new Ring<T>();
  readonly #sends = new WaiterList();
  readonly #receives = new WaiterList();
  /** Slots set aside for sends that were woken. */
  #slotsAside = 0;
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

  /** Whether no message can come beyond those that are here. */
  get isOver(): boolean {
    return this.receiverClosed || this.#sendersAreDone();
  }

  /** Puts a message into a free slot. */
  put(value: T): void {
    this.freeSlots -= 1;
    this.#push(value);
  }

  /** Puts a message into the slot that was set aside for it. */
  putAside(value: T): void {
    this.#slotsAside -= 1;
    this.#push(value);
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

  waitToSend(waiter: Waiter): void {
    this.#sends.push(waiter);
  }

  waitToReceive(waiter: Waiter): void {
    this.#receives.push(waiter);
  }

  /** A send goes away without having sent: aborted, or refused by a closed channel. */
  leaveSend(waiter: Waiter): void {
    if (waiter.called) {
      waiter.called = false;
      this.#slotsAside -= 1;
      this.#passSlot();
    } else if (!this.#sends.remove(waiter)) return;
    this.#maybeOver();
  }

  /** A receive goes away without a message. */
  leaveReceive(waiter: Waiter): void {
    if (waiter.called) {
      waiter.called = false;
      this.#passMessage();
    } else this.#receives.remove(waiter);
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

  /** Forgets the messages that are free to forget. */
  discard(): void {
    while (this.freeMessages > 0) this.take();
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
    if (this.#sends.call()) this.#slotsAside += 1;
    else this.freeSlots += 1;
  }

  #passMessage(): void {
    if (!this.#receives.call()) this.freeMessages += 1;
  }

  // A send that already waits keeps the channel open, whoever closed the sender that it was made with.
  #sendersAreDone(): boolean {
    return this.#senders === 0 && this.#slotsAside === 0 && this.#sends.first === undefined;
  }

  // The last message is gone and none can come: who still waits for one learns it.
  #maybeOver(): void {
    if (this.#receives.first !== undefined && this.#messages.size === 0 && this.isOver)
      this.#receives.wakeAll();
  }
}
