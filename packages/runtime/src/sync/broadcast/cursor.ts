import { type Waiter, WaiterList } from '../waiter-list.js';
import type { Backlog } from './backlog.js';

/** How far one receiver has read, and who waits on it. */
export class Cursor<T> {
  readonly backlog: Backlog<T>;
  readonly line: WaiterList = new WaiterList();
  /** The number of the message that it reads next. */
  next: number;
  closed = false;

  constructor(backlog: Backlog<T>) {
    this.backlog = backlog;
    this.next = backlog.tail;
    backlog.addReceiver();
  }

  /** How many messages it has not read, those that it missed and was not told of among them. */
  get len(): number {
    return this.closed ? 0 : this.backlog.tail - this.next;
  }

  /** Whether a read has an answer: a message, that some were missed, or the end. */
  get isReady(): boolean {
    return this.len > 0 || this.isOver;
  }

  /** Whether nothing will come beyond what is here. */
  get isOver(): boolean {
    return this.closed || this.backlog.isOver;
  }

  /** How many messages were written over before they were read; they count as read from now on. */
  catchUp(): number {
    if (this.len === 0) return 0;
    const missed = Math.max(0, this.backlog.head - this.next);
    this.next += missed;
    return missed;
  }

  /** Reads the next message, which is here. */
  read(): T {
    const message = this.backlog.read(this.next);
    this.next += 1;
    return message;
  }

  /** Joins the line of this receiver. */
  join(waiter: Waiter): void {
    this.line.push(waiter);
    this.backlog.wait(this.line);
  }

  /** Leaves the line; the next in it learns what there is for it. */
  leave(waiter: Waiter): void {
    if (!this.line.remove(waiter)) return;
    const next = this.line.first;
    if (next === undefined) this.backlog.unwait(this.line);
    else if (this.isReady) next.waker.wake();
    else this.backlog.wait(this.line);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.backlog.skipFrom(this.next);
    this.backlog.unwait(this.line);
    this.backlog.removeReceiver();
    this.line.first?.waker.wake();
  }
}
