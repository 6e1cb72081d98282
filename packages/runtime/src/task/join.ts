import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { type AskedFirst, Branches, type Thrown } from './branches.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/** See `join`. */
export interface Joins {
  <B extends readonly Branch<unknown>[]>(...branches: B): Op<Joined<B>>;
  /**
   * The same, but each poll of the task asks the branches in the order in which they are written.
   *
   * What the first ones make, the later ones find in the same poll. In return a branch that is never done in one poll
   * can starve those after it. Source: `biased;` in `tokio::join!`.
   *
   * @example
   * const lines: string[] = [];
   * await join.biased(
   *   async () => lines.push('first'),
   *   async () => lines.push('second'),
   * );
   * console.log(lines); // [ 'first', 'second' ]
   */
  biased<B extends readonly Branch<unknown>[]>(...branches: B): Op<Joined<B>>;
}

/** What `join` gives: the value of each branch, in their order. */
export type Joined<B extends readonly unknown[]> = { -readonly [K in keyof B]: BranchValue<B[K]> };

/**
 * Waits for all branches, at the same time and within this one task, and gives their values in the order of the arguments.
 *
 * Nothing is spawned: the branches take turns on the task that joins them, and each poll of it begins with another
 * one, so that none can starve the rest; `join.biased` keeps their order. A throw in one leaves the others
 * and is thrown on. Leaving the join leaves every branch; a guard, a permit or a connection that one of them gave
 * before is given back, and another value, a message say, is dropped. An async function that is left outside any task
 * runs on. Takes arguments, never an array: `join(...handles)`.
 * Source: `tokio::join!`.
 *
 * @example
 * const [sum, result] = await join(
 *   async () => 1 + 1,
 *   spawn(function* () {
 *     return 'from a task';
 *   }),
 * );
 * console.log(sum, result.unwrap());
 */
export const join: Joins = Object.assign(
  <B extends readonly Branch<unknown>[]>(...branches: B) => joinAll('join', branches, 'in turn'),
  {
    biased: <B extends readonly Branch<unknown>[]>(...branches: B) =>
      joinAll('join.biased', branches, 'the first'),
  },
);

function joinAll(caller: string, branches: readonly unknown[], askedFirst: AskedFirst): Op<never> {
  const pollables = branches.map((branch) => pollableOf(caller, branch));
  return new Operation(new Join(pollables, askedFirst) as Pollable<never>);
}

class Join implements Pollable<unknown[]> {
  readonly #branches: Branches;
  #began = false;
  #thrown: Thrown | undefined;

  constructor(pollables: readonly Pollable<unknown>[], askedFirst: AskedFirst) {
    this.#branches = new Branches(pollables, askedFirst, new Array(pollables.length).fill(undefined));
  }

  get what(): string {
    return `join(${this.#branches.what})`;
  }

  poll(waker: Waker): unknown[] | Pending {
    if (!this.#began) this.#branches.wakeAll();
    this.#began = true;
    if (this.#thrown === undefined) this.#collect(waker);
    if (this.#thrown !== undefined) return this.#branches.fail(waker, this.#thrown);
    return this.#branches.left === 0 ? this.#branches.kept : PENDING;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #collect(waker: Waker): void {
    try {
      do {
        const ended = this.#branches.poll(waker);
        if (ended === undefined) return;
        this.#branches.kept[ended.at] = ended.value;
      } while (this.#branches.inRound);
    } catch (error) {
      this.#thrown = { error };
    }
  }
}
