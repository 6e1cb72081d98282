import { giveBack } from '../base/lent.js';
import { Ring } from '../base/ring.js';
import { writeStderr } from '../base/stderr.js';
import { thrownBlock } from '../base/thrown-block.js';
import { current } from './current.js';
import { draw } from './draw.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { PromiseBranch } from './promise-branch.js';
import { Task } from './task.js';

/**
 * Which branch a poll of the task asks first, and then the others in the order in which they are written, round about:
 * another one each time in turn, always the first, or one that is drawn.
 */
export type AskedFirst = 'in turn' | 'the first' | 'drawn';

/**
 * Several pollables in one task, polled only when they were woken.
 *
 * Each branch is a waker of its own, which notes that it was meant and passes the wake on. So a `join` of ten
 * thousand handles does ten thousand polls, not fifty million. Which of the woken ones is first matters where one
 * poll's budget is not enough for all: were it always the same, a greedy branch would starve the others.
 */
export class Branches {
  readonly #branches: readonly BranchWaker[];
  readonly #woken = new Ring<BranchWaker>();
  #left = 0;
  /** How many of the woken branches this poll of the task has yet to look at. */
  #round = 0;
  readonly #askedFirst: AskedFirst;
  #turn = 0;
  #waker: Waker | undefined;
  #thrown: Thrown | undefined;
  /** The values that branches gave and that are still to be given on, each at its branch's place. */
  readonly kept: unknown[];

  constructor(pollables: readonly Pollable<unknown>[], askedFirst: AskedFirst, kept: unknown[] = []) {
    this.#branches = pollables.map((pollable, at) => new BranchWaker(pollable, at, this));
    this.#left = pollables.length;
    this.#askedFirst = askedFirst;
    this.kept = kept;
  }

  /** How many branches have not ended. */
  get left(): number {
    return this.#left;
  }

  get what(): string {
    return this.#branches
      .filter((branch) => !branch.ended)
      .map((branch) => branch.pollable.what)
      .join(', ');
  }

  /** Counts every branch as woken. */
  wakeAll(): void {
    for (const branch of this.#branches) {
      branch.woken = true;
      this.#woken.push(branch);
    }
  }

  /**
   * Polls the branches that were woken until one ends. Gives the one that did.
   *
   * A branch that is woken meanwhile, since it yielded or has used up the budget, has to wait for the next poll of
   * the task: it would keep the thread for ever. Throws what the branch threw; that branch counts as ended.
   */
  poll(waker: Waker): { readonly at: number; readonly value: unknown } | undefined {
    this.#waker = waker;
    if (this.#round === 0) this.#beginRound();
    while (this.#round > 0) {
      this.#round -= 1;
      const branch = this.#woken.pop() as BranchWaker;
      branch.woken = false;
      const value = branch.ended ? PENDING : this.#under(branch, () => this.#pollOne(branch));
      if (value !== PENDING) return { at: branch.at, value };
    }
    return undefined;
  }

  /** Whether branches that were woken before this poll are still to be polled. */
  get inRound(): boolean {
    return this.#round > 0;
  }

  /** Whether the branch at `at` ended when it was polled once more, woken or not. */
  pollAgain(at: number, waker: Waker): unknown {
    const branch = this.#branches[at] as BranchWaker;
    this.#waker = waker;
    return branch.ended ? PENDING : this.#under(branch, () => this.#pollOne(branch));
  }

  /** Leaves every branch, and nothing will be given: what was kept is given back. Else as `end`. */
  leave(waker: Waker): boolean {
    this.giveBackKept();
    return this.end(waker);
  }

  /**
   * Leaves every branch that has not ended, since the answer is known. Answers `false` while the cleanup of one still
   * waits.
   *
   * All are left even when one throws, and what was thrown first is thrown on when the last is gone. A later throw
   * has nobody to go to, and is printed.
   */
  end(waker: Waker): boolean {
    this.#waker = waker;
    this.#forgetWakes();
    for (const branch of this.#branches) {
      if (branch.ended) continue;
      branch.woken = false;
      try {
        if (!this.#under(branch, () => branch.pollable.leave(branch))) continue;
      } catch (error) {
        this.#failed(error);
      }
      branch.ended = true;
      this.#left -= 1;
    }
    if (this.#left > 0) return false;
    if (this.#thrown === undefined) return true;
    this.giveBackKept();
    throw this.#thrown.error;
  }

  /** Leaves every branch, then throws what was thrown, before what any cleanup throws. `PENDING` while one waits. */
  fail(waker: Waker, thrown: Thrown): Pending {
    this.#thrown ??= thrown;
    this.leave(waker);
    return PENDING;
  }

  /** Gives back what was lent to branches and nobody will get. What is there by reference belongs to others. */
  giveBackKept(): void {
    for (const [at, value] of this.kept.entries()) {
      this.kept[at] = undefined;
      if (value === undefined || isByReference((this.#branches[at] as BranchWaker).pollable)) continue;
      try {
        giveBack(value);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  /** A branch was woken. */
  woken(branch: BranchWaker): void {
    this.#woken.push(branch);
    this.#waker?.wake();
  }

  #failed(error: unknown): void {
    if (this.#thrown === undefined) this.#thrown = { error };
    else if (this.#thrown.error !== error) {
      writeStderr(
        `heddle: the cleanup of a branch threw, after something else had been thrown:\n${thrownBlock(error)}`,
      );
    }
  }

  #forgetWakes(): void {
    while (this.#woken.pop() !== undefined);
    this.#round = 0;
  }

  #beginRound(): void {
    const first = this.#first();
    this.#round = this.#woken.size;
    if (this.#round < 2) return;
    const count = this.#branches.length;
    const place = ({ at }: BranchWaker): number => (at < first ? at + count : at) - first;
    const woken = Array.from({ length: this.#round }, () => this.#woken.pop() as BranchWaker);
    for (const branch of woken.sort((left, right) => place(left) - place(right))) this.#woken.push(branch);
  }

  #first(): number {
    const count = this.#branches.length;
    switch (this.#askedFirst) {
      case 'the first':
        return 0;
      case 'drawn':
        return count < 2 ? 0 : draw(count);
      case 'in turn': {
        const first = this.#turn;
        this.#turn = first + 1 < count ? first + 1 : 0;
        return first;
      }
    }
  }

  #pollOne(branch: BranchWaker): unknown {
    try {
      const value = branch.pollable.poll(branch);
      if (value === PENDING) return PENDING;
      branch.ended = true;
      this.#left -= 1;
      return value;
    } catch (error) {
      branch.ended = true;
      this.#left -= 1;
      throw error;
    }
  }

  #under<T>(branch: BranchWaker, run: () => T): T {
    const outer = current.branch;
    current.branch = branch;
    try {
      return run();
    } finally {
      current.branch = outer;
    }
  }
}

/** What was thrown, which may be anything. */
export interface Thrown {
  readonly error: unknown;
}

// A handle and a promise are held by others too, who may well want what they give.
function isByReference(pollable: Pollable<unknown>): boolean {
  return pollable instanceof Task || pollable instanceof PromiseBranch;
}

/** One branch: a waker that knows which of several it is. */
class BranchWaker implements Waker {
  readonly pollable: Pollable<unknown>;
  readonly at: number;
  readonly #branches: Branches;
  woken = false;
  ended = false;

  constructor(pollable: Pollable<unknown>, at: number, branches: Branches) {
    this.pollable = pollable;
    this.at = at;
    this.#branches = branches;
  }

  wake(): void {
    if (this.woken || this.ended) return;
    this.woken = true;
    this.#branches.woken(this);
  }
}
