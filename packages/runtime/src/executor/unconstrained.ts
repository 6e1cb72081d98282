import { type Branch, type BranchValue, pollableOf } from '../task/branch.js';
import { current } from '../task/current.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Pending, Pollable, Waker } from '../task/pollable.js';
import { type FrameMarks, pollMarked } from './marked-frame.js';

/** More than a poll can use up, and still a small integer. */
const UNLIMITED = 2 ** 30 - 1;

/**
 * Waits for a branch without a budget: its operations that are ready never suspend, however many there are.
 *
 * Whatever else wants the thread waits until the branch has nothing ready any more: other tasks, timers and I/O. It
 * uses up nothing of the budget of the poll either. An abort of the task leaves the branch, as that of a `select`.
 *
 * Throws a `TypeError` for what is no branch. Source: `tokio::task::coop::unconstrained`.
 *
 * @example
 * const [tx, rx] = mpsc.unboundedChannel();
 * for (let item = 0; item < 1000; item += 1) tx.send(item);
 * const handle = spawn(function* () {
 *   return yield* unconstrained(function* () {
 *     let sum = 0;
 *     for (let item = 0; item < 1000; item += 1) sum += (yield* rx.recv()) ?? 0;
 *     return sum; // in one poll, where a budget would have made it eight
 *   });
 * });
 * console.log((await handle).unwrap()); // 499500
 */
export function unconstrained<B extends Branch<unknown>>(branch: B): Op<BranchValue<B>> {
  return new Operation(new Unconstrained(pollableOf('unconstrained', branch)) as Pollable<BranchValue<B>>);
}

const UNCONSTRAINED: FrameMarks = { unconstrained: true };

class Unconstrained implements Pollable<unknown> {
  readonly #inner: Pollable<unknown>;
  #began = false;

  constructor(inner: Pollable<unknown>) {
    this.#inner = inner;
  }

  get what(): string {
    return `unconstrained(${this.#inner.what})`;
  }

  poll(waker: Waker): unknown | Pending {
    const { budget } = current;
    current.budget = UNLIMITED;
    try {
      return this.#pollInner(waker);
    } finally {
      current.budget = budget;
    }
  }

  leave(waker: Waker): boolean {
    return this.#inner.leave(waker);
  }

  // The first poll calls a function, whose own awaits must find out that they have no budget.
  #pollInner(waker: Waker): unknown {
    if (this.#began) return this.#inner.poll(waker);
    this.#began = true;
    return pollMarked(UNCONSTRAINED, this.#inner, waker);
  }
}
