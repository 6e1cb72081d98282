import { type Waiter, WaiterList } from '../waiter-list.js';

/**
 * The free permits of a semaphore or a lock, and the line of those who need more than there were.
 *
 * A `Mutex` is a pool of one permit; of an `RwLock` a reader holds one permit and a writer all of them. So there
 * is one place that decides who is next.
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

  /** Takes permits if all of them are free. */
  tryTake(count: number): boolean {
    if (this.available < count) return false;
    this.available -= count;
    return true;
  }

  /** Hands permits to those who wait, in turn; the rest is free. */
  give(count: number): void {
    if (this.#line.first === undefined) this.available += count;
    else handOn(this, this.#line, count);
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

// Apart from `give`, which is small enough to be inlined where nobody waits.
function handOn(pool: PermitPool, line: WaiterList, count: number): void {
  let left = count;
  let thrown: { readonly error: unknown } | undefined;
  for (let first = line.first; left > 0 && first !== undefined; first = line.first) {
    const part = Math.min(left, first.missing);
    first.missing -= part;
    left -= part;
    if (first.missing > 0) break;
    try {
      line.call();
    } catch (error) {
      // A policy threw. What is left is not lost for that.
      thrown ??= { error };
    }
  }
  pool.available += left;
  if (thrown !== undefined) throw thrown.error;
}
