import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { Waiter } from '../waiter-list.js';
import type { Cursor } from './cursor.js';
import { Lagged } from './lagged.js';

/** Waits for its turn on a receiver, and for a message. */
export class ReceivingBroadcast<T> implements Pollable<T | undefined> {
  readonly #cursor: Cursor<T>;
  #waiter: Waiter | undefined;

  constructor(cursor: Cursor<T>) {
    this.#cursor = cursor;
  }

  get what(): string {
    return 'receiver.recv()';
  }

  poll(waker: Waker): T | undefined | Pending {
    const cursor = this.#cursor;
    const { first } = cursor.line;
    if ((first === undefined || first === this.#waiter) && cursor.isReady) return this.#read();
    if (this.#waiter === undefined) {
      this.#waiter = new Waiter(waker);
      cursor.join(this.#waiter);
    } else {
      this.#waiter.waker = waker;
      cursor.backlog.wait(cursor.line);
    }
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#cursor.leave(this.#waiter);
    return true;
  }

  #read(): T | undefined {
    const cursor = this.#cursor;
    const missed = cursor.catchUp();
    const message = missed === 0 && cursor.len > 0 ? cursor.read() : undefined;
    this.leave();
    if (missed > 0) throw new Lagged(missed);
    return message;
  }
}
