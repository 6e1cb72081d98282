import { types } from 'node:util';

type Settled = { readonly value: unknown } | { readonly thrown: unknown };

const known = new WeakMap<PromiseLike<unknown>, PromiseWaiters>();

/**
 * Who waits for a promise, and what it came to.
 *
 * A promise keeps what was given to its `then` until it settles, and nothing takes it back. So each has one `then` of
 * ours, whoever waits, and whoever leaves takes himself off our list: a loop that waits for something or for one
 * long-lived promise keeps nothing. A thenable that is no promise may do its work anew in each `then`, so it is asked
 * each time; `Promise.resolve` sees to it that what it does there counts as it does for `await`.
 */
class PromiseWaiters {
  settled: Settled | undefined;
  readonly #waiters = new Set<() => void>();

  constructor(promise: PromiseLike<unknown>) {
    Promise.resolve(promise).then(
      (value) => this.#settle({ value }),
      (thrown) => this.#settle({ thrown }),
    );
  }

  add(waiter: () => void): void {
    this.#waiters.add(waiter);
  }

  remove(waiter: () => void): void {
    this.#waiters.delete(waiter);
  }

  #settle(settled: Settled): void {
    this.settled = settled;
    for (const waiter of this.#waiters) waiter();
    this.#waiters.clear();
  }
}

export function waitersOf(promise: PromiseLike<unknown>): PromiseWaiters {
  if (!types.isPromise(promise)) return new PromiseWaiters(promise);
  let waiters = known.get(promise);
  if (waiters === undefined) {
    waiters = new PromiseWaiters(promise);
    known.set(promise, waiters);
  }
  return waiters;
}
