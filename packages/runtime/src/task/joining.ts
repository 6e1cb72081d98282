import type { Result } from '../base/result.js';
import type { JoinError } from './join-error.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import type { Task } from './task.js';

/** Waits for a task's outcome, and gives what `read` makes of it. */
export class Joining<T, R> implements Pollable<R> {
  /** The task that is waited for. */
  readonly task: Task<T>;
  readonly #read: (outcome: Result<T, JoinError>) => R;

  constructor(task: Task<T>, read: (outcome: Result<T, JoinError>) => R) {
    this.task = task;
    this.#read = read;
  }

  get what(): string {
    return this.task.what;
  }

  poll(waker: Waker): R | Pending {
    const outcome = this.task.poll(waker);
    return outcome === PENDING ? PENDING : this.#read(outcome);
  }

  leave(waker: Waker): boolean {
    return this.task.leave(waker);
  }
}
