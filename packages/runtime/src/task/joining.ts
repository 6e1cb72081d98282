import type { Result } from '../base/result.js';
import type { JoinError } from './join-error.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import type { Task } from './task.js';

/** Waits for a task's outcome, and gives what `read` makes of it. */
export class Joining<T, R> implements Pollable<R> {
  readonly #task: Task<T>;
  readonly #read: (outcome: Result<T, JoinError>) => R;

  constructor(task: Task<T>, read: (outcome: Result<T, JoinError>) => R) {
    this.#task = task;
    this.#read = read;
  }

  get what(): string {
    const { id, name } = this.#task;
    return name === undefined ? `handle of task ${id}` : `handle of task ${id} "${name}"`;
  }

  poll(waker: Waker): R | Pending {
    const { outcome } = this.#task;
    if (outcome !== undefined) return this.#read(outcome);
    this.#task.join(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#task.unjoin(waker);
    return true;
  }
}
