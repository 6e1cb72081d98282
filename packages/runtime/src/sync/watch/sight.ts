import type { Waiter } from '../waiter-list.js';
import type { Watched } from './watched.js';

/** What one receiver has seen of a watched value. */
export class Sight<T> {
  readonly watched: Watched<T>;
  seen: number;
  closed = false;
  /** How many wait on it: more than one where tasks share a receiver. */
  waits = 0;

  constructor(watched: Watched<T>, seen: number) {
    this.watched = watched;
    this.seen = seen;
    watched.receivers += 1;
  }

  /** Whether there is a value that it has not seen. */
  get hasNew(): boolean {
    return this.seen !== this.watched.version;
  }

  /** Whether no other value will come for it. */
  get isOver(): boolean {
    return this.closed || this.watched.isOver;
  }

  look(): T {
    this.seen = this.watched.version;
    return this.watched.value;
  }

  join(waiter: Waiter): void {
    this.waits += 1;
    this.watched.watching.push(waiter);
  }

  leave(waiter: Waiter): void {
    if (this.watched.watching.remove(waiter)) this.waits -= 1;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.watched.removeReceiver();
    // Wakes those of other receivers in vain. Few receivers are closed while somebody waits on them.
    if (this.waits > 0) this.watched.watching.wakeAll();
  }
}
