import { type Branch, type BranchValue, pollableOf } from '../task/branch.js';
import { BUDGET, current, currentTask } from '../task/current.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';

/**
 * Takes something to wait for into a test's own hands: it is polled when the test says so, and asked whether it was woken.
 *
 * `branch` is what `join` takes: an operation, a generator, a handle, a function, a promise. Nothing happens
 * until the first `poll()`. Inside a task a poll uses the budget of that task's poll; outside any task each has
 * a budget of its own. What an executor needs to be told, such as the clock of a `sleep`, is that of the task in
 * which the operation was made, else the default runtime's. Throws a `TypeError` that says what it got instead
 * of a branch. Source: `tokio_test::task::spawn`.
 *
 * @example
 * const semaphore = new Semaphore(0);
 * const acquiring = step(semaphore.acquire());
 * console.log(acquiring.poll() === PENDING, acquiring.isWoken()); // true false
 * semaphore.addPermits(1);
 * console.log(acquiring.isWoken()); // true
 * acquiring.pollReady().release();
 */
export function step<B extends Branch<unknown>>(branch: B): Step<BranchValue<B>> {
  return new Step(pollableOf('step', branch) as Pollable<BranchValue<B>>);
}

/**
 * Something to wait for that a test polls by hand. Made by `step()`.
 *
 * @example
 * const sleeping = step(sleep(0));
 * console.log(sleeping.poll() === PENDING); // true
 * sleeping.drop();
 */
export class Step<T> {
  readonly #pollable: Pollable<T>;
  readonly #waker: Waker & { woken: boolean };
  #ended = false;
  #left = false;

  constructor(pollable: Pollable<T>) {
    this.#pollable = pollable;
    this.#waker = {
      woken: false,
      wake() {
        this.woken = true;
      },
    };
  }

  /** What is waited for, in the words of a report of a hang: `semaphore.acquire()`. */
  get what(): string {
    return this.#pollable.what;
  }

  /**
   * Polls once: gives the value, or `PENDING` when there is none yet, and throws what the branch throws.
   *
   * Throws an `Error` when the branch has ended or was dropped.
   */
  poll(): T | Pending {
    if (this.#ended || this.#left)
      throw new Error(`step.poll: ${this.what} has ended and is not polled again.`);
    this.#waker.woken = false;
    try {
      const value = this.#enter(() => this.#pollable.poll(this.#waker));
      this.#ended = value !== PENDING;
      return value;
    } catch (thrown) {
      this.#ended = true;
      throw thrown;
    }
  }

  /** As `poll()`, where there has to be a value: throws an `Error` when there is none yet. Source: `assert_ready!`. */
  pollReady(): T {
    const value = this.poll();
    if (value === PENDING) throw new Error(`step.pollReady: ${this.what} has no value yet.`);
    return value;
  }

  /** Whether it was woken since its last poll began. Source: `tokio_test::task::Spawn::is_woken`. */
  isWoken(): boolean {
    return this.#waker.woken;
  }

  /** Whether it has given its value, thrown, or been dropped to the end. */
  isEnded(): boolean {
    return this.#ended;
  }

  /**
   * Leaves the branch, as an abort and a lost `select` do. Answers `true` when it has ended.
   *
   * `false` says that a cleanup in it still waits: call it again when it was woken. After the end it does nothing.
   */
  drop(): boolean {
    if (this.#ended) return true;
    this.#left = true;
    this.#waker.woken = false;
    try {
      this.#ended = this.#enter(() => this.#pollable.leave(this.#waker));
    } catch (thrown) {
      this.#ended = true;
      throw thrown;
    }
    return this.#ended;
  }

  #enter<R>(run: () => R): R {
    const { branch, budget } = current;
    const ownBudget = currentTask() === undefined;
    current.branch = this.#waker;
    if (ownBudget) current.budget = BUDGET;
    try {
      return run();
    } finally {
      current.branch = branch;
      if (ownBudget) current.budget = budget;
    }
  }
}
