import type { Waker } from '../task/pollable.js';
import { wakeEach } from '../task/wake-each.js';
import { Latch } from './latch.js';

const EMPTY = 0;
const FULL = 1;
/** The sender gave up, or the receiver closed before anything came, or the value was taken. */
const SPENT = 2;

/**
 * What the two ends of a oneshot share: a place for one value, and who waits on either side.
 *
 *   EMPTY ──put──▶ FULL ──take──▶ SPENT
 *     └────────── close ───────────▲
 *
 * A value stays here until the very poll that gives it to a body, so whoever leaves before that loses nothing.
 */
export class OneshotCell<T> {
  // Nearly always one, which then costs no object: no line is needed, since all are woken together.
  #receiver: Waker | undefined;
  #moreReceivers: Set<Waker> | undefined;
  #state = EMPTY;
  #value: T | undefined;
  #closing: Latch | undefined;
  #closed = false;

  get isFull(): boolean {
    return this.#state === FULL;
  }

  get isSpent(): boolean {
    return this.#state === SPENT;
  }

  /** Whether either end is done with it. A value may still be here. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Opens when either end is done. Made when first asked for: few senders wait for it. */
  get closing(): Latch {
    if (this.#closing === undefined) {
      this.#closing = new Latch();
      if (this.#closed) this.#closing.open();
    }
    return this.#closing;
  }

  put(value: T): void {
    this.#value = value;
    this.#state = FULL;
    this.#wakeReceivers();
  }

  /** Wakes `waker` when there is a value, or none will come. */
  wait(waker: Waker): void {
    if (this.#receiver === undefined || this.#receiver === waker) {
      this.#receiver = waker;
      return;
    }
    this.#moreReceivers ??= new Set();
    this.#moreReceivers.add(waker);
  }

  unwait(waker: Waker): void {
    if (this.#receiver === waker) this.#receiver = undefined;
    this.#moreReceivers?.delete(waker);
  }

  /** Takes the value. Only where `isFull`. */
  take(): T {
    const value = this.#value as T;
    this.#value = undefined;
    this.#state = SPENT;
    this.#markClosed();
    return value;
  }

  /** The sender has nothing to send. */
  closeSender(): void {
    if (this.#state !== EMPTY) return;
    this.#state = SPENT;
    this.#markClosed();
  }

  /** The receiver wants nothing more. A value that is here already can still be taken. */
  closeReceiver(): void {
    if (this.#state === EMPTY) this.#state = SPENT;
    this.#markClosed();
  }

  #wakeReceivers(): void {
    const receiver = this.#receiver;
    const more = this.#moreReceivers;
    this.#receiver = undefined;
    this.#moreReceivers = undefined;
    if (more === undefined) receiver?.wake();
    else wakeEach([receiver, ...more]);
  }

  // Receivers that find nothing learn that nothing will come.
  #markClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#closing?.open();
    } finally {
      this.#wakeReceivers();
    }
  }
}
