import { isResult, Ok } from '../../base/result.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { FunctionBranch } from '../../task/function-branch.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { Acquiring, type Grant } from '../semaphore/acquiring.js';
import type { Cell } from './cell.js';

/**
 * Waits for the value of a cell, or for the turn to make it, and then makes it.
 *
 * Whoever has the turn gives it back unless he fills the cell: by a throw, by an `Err`, or when he is left, and then
 * only after the cleanup of the function has ended.
 */
export class Initializing<T, R> implements Pollable<R> {
  readonly #caller: string;
  readonly #cell: Cell<T>;
  readonly #turn: Acquiring<true>;
  readonly #init: FunctionBranch;
  /** Whether the function gives a `Result`, and so does this. */
  readonly #tries: boolean;
  #hasTurn = false;

  constructor(caller: string, cell: Cell<T>, init: (signal: AbortSignal) => unknown, tries: boolean) {
    this.#caller = caller;
    this.#cell = cell;
    this.#turn = new Acquiring(cell.turns, 1, TURN);
    this.#init = new FunctionBranch(init);
    this.#tries = tries;
  }

  get what(): string {
    return this.#hasTurn ? `${this.#caller}(${this.#init.what})` : `${this.#caller}()`;
  }

  poll(waker: Waker): R | Pending {
    const cell = this.#cell;
    if (cell.isFull) {
      this.#turn.leave();
      return (this.#tries ? Ok(cell.value) : cell.value) as R;
    }
    if (!this.#hasTurn && this.#turn.poll(waker) === PENDING) return PENDING;
    this.#hasTurn = true;
    let given: unknown;
    try {
      given = this.#init.poll(waker);
      if (given === PENDING) return PENDING;
      this.#fill(given);
      return given as R;
    } finally {
      if (given !== PENDING) this.#giveBack();
    }
  }

  leave(waker: Waker): boolean {
    if (!this.#hasTurn) return this.#turn.leave();
    let left = true;
    try {
      left = this.#init.leave(waker);
      return left;
    } finally {
      if (left) this.#giveBack();
    }
  }

  #fill(given: unknown): void {
    let value = given;
    if (this.#tries) {
      if (!isResult(given)) {
        throw new TypeError(
          `${this.#caller}: the function must give a Result, got ${safeInspect(given, 100)}`,
        );
      }
      if (!given.ok) return;
      value = given.value;
    }
    this.#cell.fill(this.#caller, value as T);
  }

  #giveBack(): void {
    this.#hasTurn = false;
    this.#cell.turns.give(1);
  }
}

const TURN: Grant<true> = { what: () => 'onceCell.getOrInit()', make: () => true };
