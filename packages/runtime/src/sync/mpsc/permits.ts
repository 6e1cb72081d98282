import { lend } from '../../base/lent.js';
import type { Mailbox } from './mailbox.js';
import { Permit } from './permit.js';

/**
 * Several permits at once, to be taken one by one: `for (const permit of permits) permit.send(next())`.
 *
 * A loop that is left early gives back those that it did not take; one that was taken is its own from then on.
 * Source: `tokio::sync::mpsc::PermitIterator`.
 *
 * @example
 * const [tx, rx] = mpsc.channel<number>(4);
 * const permits = await tx.reserveMany(2);
 * for (const permit of permits) permit.send(1);
 * console.log(rx.len()); // 2
 */
export class Permits<T> implements IterableIterator<Permit<T>, undefined> {
  readonly #mailbox: Mailbox<T>;
  #left: number;

  /** Not for programs: `sender.reserveMany()` makes it. */
  constructor(mailbox: Mailbox<T>, count: number) {
    this.#mailbox = mailbox;
    this.#left = count;
  }

  /** How many were not taken. Source: `ExactSizeIterator::len`. */
  len(): number {
    return this.#left;
  }

  /** Takes one. */
  next(): IteratorResult<Permit<T>, undefined> {
    if (this.#left === 0) return { done: true, value: undefined };
    this.#left -= 1;
    return { done: false, value: new Permit(this.#mailbox) };
  }

  /** Gives back those that were not taken, as the end of a loop does. */
  return(): IteratorResult<Permit<T>, undefined> {
    this.release();
    return { done: true, value: undefined };
  }

  /** Gives back those that were not taken: the next in line has them. Again, it does nothing. In Rust it is the drop. */
  release(): void {
    const left = this.#left;
    this.#left = 0;
    if (left > 0) this.#mailbox.giveBack(left);
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}

lend(Permits);
