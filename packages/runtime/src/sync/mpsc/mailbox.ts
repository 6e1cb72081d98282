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
  /** Opens when the receiver wants nothing more. */
  readonly closing: Latch = new Latch();
  readonly #messages = new Ring<T>();
  readonly #sends = new WaiterList();
  readonly #receives = new WaiterList();
  /** Slots set aside for sends that were woken. */
  #slotsAside = 0;
  /** Messages set aside for receives that were woken. */
  #messagesAside = 0;
  #senders = 1;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** How many messages were sent and not received. */
  get size(): number {
    return this.#messages.size;
  }

  get freeSlots(): number {
    return this.capacity - this.#messages.size - this.#slotsAside;
  }

  get hasFreeMessage(): boolean {
    return this.#messages.size > this.#messagesAside;
  }

  get receiverClosed(): boolean {
    return this.closing.isOpen;
  }

  /** Whether no message can come beyond those that are here. */
  get isOver(): boolean {
    return this.closing.isOpen || this.#sendersAreDone;
  }

  /** Puts a message into a free slot, or into the one that was set aside for it. */
  put(value: T, aside: boolean): void {
    if (aside) this.#slotsAside -= 1;
    this.#messages.push(value);
    if (this.#receives.call()) this.#messagesAside += 1;
  }

  /** Takes the first message: a free one, or the one that was set aside. */
  take(aside: boolean): T {
    if (aside) this.#messagesAside -= 1;
    const value = this.#messages.pop() as T;
    this.#passSlot();
    if (this.#messages.size === 0 && this.isOver) this.#receives.wakeAll();
    return value;
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
    if (!waiter.called) {
      this.#receives.remove(waiter);
      return;
    }
    waiter.called = false;
    this.#messagesAside -= 1;
    if (this.#receives.call()) this.#messagesAside += 1;
  }

  addSender(): void {
    this.#senders += 1;
  }

  removeSender(): void {
    this.#senders -= 1;
    this.#maybeOver();
  }

  closeReceiver(): void {
    if (this.closing.isOpen) return;
    this.closing.open();
    this.#sends.wakeAll();
    if (this.#messages.size === 0) this.#receives.wakeAll();
  }

  /** Forgets the messages that are free to forget. */
  discard(): void {
    while (this.hasFreeMessage) this.#messages.pop();
  }

  // A send that already waits keeps the channel open, whoever closed the sender that it was made with.
  get #sendersAreDone(): boolean {
    return this.#senders === 0 && this.#slotsAside === 0 && this.#sends.first === undefined;
  }

  #passSlot(): void {
    if (this.#sends.call()) this.#slotsAside += 1;
  }

  #maybeOver(): void {
    if (this.#messages.size === 0 && this.#sendersAreDone) this.#receives.wakeAll();
  }
}
