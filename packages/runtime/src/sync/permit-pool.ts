import { type Waiter, WaiterList } from './waiter-list.js';

/**
 * The free permits of a semaphore and the line of those who need more than there were.
 *
 * Invariant: while somebody waits no permit is free, because the first in line collects every one that comes.
 * That is what keeps the line: a small request behind a large one finds nothing to take.
 */
export class PermitPool {
  available: number;
  readonly #line = new WaiterList();
  #closed = false;

  constructor(permits: number) {
    this.available = permits;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Hands permits to those who wait, in turn; the rest is free. */
  give(count: number): void {
    let left = count;
    for (let first = this.#line.first; left > 0 && first !== undefined; first = this.#line.first) {
      const part = Math.min(left, first.missing);
      first.missing -= part;
      left -= part;
      if (first.missing === 0) this.#line.call();
    }
    this.available += left;
  }

  /** Joins the line with what is free already. */
  waitFor(waiter: Waiter): void {
    waiter.missing -= this.available;
    this.available = 0;
    this.#line.push(waiter);
  }

  /** Leaves the line, or turns down what one was called for: what was collected goes to the next. */
  leave(waiter: Waiter, needed: number): void {
    if (!waiter.called && !this.#line.remove(waiter)) return;
    waiter.called = false;
    this.give(needed - waiter.missing);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#line.wakeAll();
  }
}
