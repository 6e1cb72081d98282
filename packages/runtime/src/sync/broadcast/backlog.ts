import { wakeEach } from '../../task/wake-each.js';
import { WaiterList } from '../waiter-list.js';

/**
 * What the ends of a broadcast channel share: the latest messages, who has a right to them, and who waits.
 *
 * Messages are numbered from 0 on, and each receiver knows the number that it reads next. The places are a ring of
 * a power of two, into which the newest message goes over the oldest: no receiver, however slow, holds back a
 * sender. A message is forgotten as soon as the last receiver that was there when it was sent has read it.
 *
 * Each receiver has a line of its own, for tasks that share one. Only the first in it may read, and whoever reads
 * or leaves wakes the next: nothing is handed over, so an abort between a wake and a poll loses nothing.
 *
 * Rejected: keeping the receivers in a list and looking for the slowest, which makes each read as dear as there are
 * receivers; and closing by a last message, as tokio once did, which wrote over one that could still be read.
 */
export class Backlog<T> {
  readonly capacity: number;
  /** The number that the next message gets. */
  tail = 0;
  receivers = 0;
  /** Those who wait until there is no receiver. */
  readonly onlooking: WaiterList = new WaiterList();
  readonly #messages: (T | undefined)[] = [];
  /** How many receivers have yet to read each message. */
  readonly #unread: number[] = [];
  #senders = 1;
  /** The lines whose first waits for what comes next. */
  #waiting = new Set<WaiterList>();

  /** `capacity` is a power of two. */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Whether there is no sender left. */
  get isOver(): boolean {
    return this.#senders === 0;
  }

  /** The number of the oldest message that is still here. */
  get head(): number {
    return Math.max(0, this.tail - this.capacity);
  }

  /** How many messages some receiver has yet to read. */
  get size(): number {
    // What is read by all comes before what is not: so halves are enough to look at.
    let low = this.head;
    let high = this.tail;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#unread[middle % this.capacity] === 0) low = middle + 1;
      else high = middle;
    }
    return this.tail - low;
  }

  put(message: T): void {
    const place = this.tail % this.capacity;
    this.#messages[place] = message;
    this.#unread[place] = this.receivers;
    this.tail += 1;
    this.#wakeAll();
  }

  /** Reads message `number`, which is here and which the caller has not read. */
  read(number: number): T {
    const place = number % this.capacity;
    const message = this.#messages[place] as T;
    this.#countRead(place);
    return message;
  }

  /** Gives up the messages from `number` on, unread. */
  skipFrom(number: number): void {
    for (let at = Math.max(number, this.head); at < this.tail; at += 1) this.#countRead(at % this.capacity);
  }

  addReceiver(): void {
    this.receivers += 1;
  }

  removeReceiver(): void {
    this.receivers -= 1;
    if (this.receivers === 0) this.onlooking.wakeAll();
  }

  addSender(): void {
    this.#senders += 1;
  }

  removeSender(): void {
    this.#senders -= 1;
    if (this.#senders === 0) this.#wakeAll();
  }

  /** Wakes the first in `line` when something comes. */
  wait(line: WaiterList): void {
    this.#waiting.add(line);
  }

  unwait(line: WaiterList): void {
    this.#waiting.delete(line);
  }

  #countRead(place: number): void {
    const unread = (this.#unread[place] as number) - 1;
    this.#unread[place] = unread;
    if (unread === 0) this.#messages[place] = undefined;
  }

  #wakeAll(): void {
    if (this.#waiting.size === 0) return;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    wakeEach(Array.from(waiting, (line) => line.first?.waker));
  }
}
