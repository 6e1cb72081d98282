import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { Branches } from './branches.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/**
 * Waits for all branches, at the same time and within this one task, and gives their values in the order of the arguments.
 *
 * Nothing is spawned: the branches take turns on the task that joins them. A throw in one leaves the others
 * and is thrown on. Leaving the join leaves every branch. Takes arguments, never an array: `join(...handles)`.
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
export function join<B extends readonly Branch<unknown>[]>(
  ...branches: B
): Op<{ -readonly [K in keyof B]: BranchValue<B[K]> }> {
  const pollables = branches.map((branch) => pollableOf('join', branch));
  return new Operation(new Join(pollables) as Pollable<never>);
}

class Join implements Pollable<unknown[]> {
  readonly #branches: Branches;
  readonly #values: unknown[];
  #began = false;
  #thrown: { readonly error: unknown } | undefined;

  constructor(pollables: readonly Pollable<unknown>[]) {
    this.#branches = new Branches(pollables);
    this.#values = new Array(pollables.length).fill(undefined);
  }

  get what(): string {
    return `join(${this.#branches.what})`;
  }

  poll(waker: Waker): unknown[] | Pending {
    if (!this.#began) this.#branches.wakeAll();
    this.#began = true;
    if (this.#thrown === undefined) this.#collect(waker);
    if (this.#thrown !== undefined) {
      if (!this.leave(waker)) return PENDING;
      throw (this.#thrown as { readonly error: unknown }).error;
    }
    return this.#branches.left === 0 ? this.#values : PENDING;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #collect(waker: Waker): void {
    try {
      do {
        const ended = this.#branches.poll(waker);
        if (ended === undefined) return;
        this.#values[ended.at] = ended.value;
      } while (this.#branches.inRound);
    } catch (error) {
      this.#thrown = { error };
    }
  }
}
