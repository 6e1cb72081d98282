import type { Waker } from '../task/pollable.js';
import { wakeEach } from '../task/wake-each.js';

/**
 * One place in a line: made when an operation finds that it has to wait, and thrown away with it.
 *
 * It is apart from the operation, so that one that does not wait makes none, and so that every line in the
 * library handles objects of one shape.
 */
export class Waiter {
  /** Who is woken: whoever polled last. */
  waker: Waker;
  /** What it waited for is set aside for it. It is out of the line, and its next poll or `leave` says which. */
  called = false;
  /** For lines that serve from both ends: it was called as the last, and so what it turns down goes to the last. */
  calledLast = false;
  /** For lines in which one may need more than another: how much is still missing. */
  missing: number;
  inLine = false;
  previous: Waiter | undefined = undefined;
  next: Waiter | undefined = undefined;

  constructor(waker: Waker, missing = 1) {
    this.waker = waker;
    this.missing = missing;
  }
}

/**
 * Those who wait for one thing, first come first served.
 *
 * Linked through its members, since an abort takes one out of the middle: a ring would be searched for it, and
 * a ring that only marked it would grow for ever under a loop of `select`, whose losers all leave.
 */
export class WaiterList {
  #first: Waiter | undefined;
  #last: Waiter | undefined;

  get first(): Waiter | undefined {
    return this.#first;
  }

  push(waiter: Waiter): void {
    const last = this.#last;
    waiter.inLine = true;
    waiter.previous = last;
    if (last === undefined) this.#first = waiter;
    else last.next = waiter;
    this.#last = waiter;
  }

  /** Takes one out, wherever it stands. Answers `false` when it was not in the line. */
  remove(waiter: Waiter): boolean {
    if (!waiter.inLine) return false;
    const { previous, next } = waiter;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    waiter.previous = undefined;
    waiter.next = undefined;
    waiter.inLine = false;
    return true;
  }

  /** Takes the first one out, marks it called and wakes it. Answers `false` when nobody waits. */
  call(): boolean {
    const first = this.#first;
    if (first === undefined) return false;
    callOne(this, first);
    return true;
  }

  /** The same for the last one. */
  callLast(): boolean {
    const last = this.#last;
    if (last === undefined) return false;
    last.calledLast = true;
    callOne(this, last);
    return true;
  }

  /** Takes all out and wakes them in turn. None is marked called: nothing is set aside that one could turn down. */
  dismissAll(): void {
    const dismissed: Waker[] = [];
    for (let first = this.#first; first !== undefined; first = this.#first) {
      this.remove(first);
      dismissed.push(first.waker);
    }
    wakeEach(dismissed);
  }

  /** Wakes all, each of whom stays in its place until its own poll takes it out. */
  wakeAll(): void {
    const first = this.#first;
    // Nearly always nobody or one.
    if (first === this.#last) {
      first?.waker.wake();
      return;
    }
    const waiting: Waker[] = [];
    for (let waiter = first; waiter !== undefined; waiter = waiter.next) waiting.push(waiter.waker);
    wakeEach(waiting);
  }
}

// Apart from `call`, which is small enough to be inlined where nearly nobody ever waits.
function callOne(list: WaiterList, waiter: Waiter): void {
  list.remove(waiter);
  waiter.called = true;
  waiter.waker.wake();
}
