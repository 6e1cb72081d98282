import type { Result } from '../base/result.js';
import type { JoinError } from '../task/join-error.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { TaskGroup } from '../task/task-group.js';

/** Takes the task that ended first. */
export class JoinNext<T> implements Pollable<Result<T, JoinError> | undefined> {
  readonly #group: TaskGroup;

  constructor(group: TaskGroup) {
    this.#group = group;
  }

  get what(): string {
    return `joinNext() of ${this.#group.alive} tasks`;
  }

  poll(waker: Waker): Result<T, JoinError> | undefined | Pending {
    const task = this.#group.take();
    if (task !== undefined) return task.outcome as Result<T, JoinError>;
    if (this.#group.size === 0) return undefined;
    this.#group.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#group.unwait(waker);
    return true;
  }
}

/** Takes all, and throws the first error once none is left. */
export class JoinAll<T> implements Pollable<T[]> {
  readonly what = 'joinAll()';
  readonly #group: TaskGroup;
  readonly #values: T[] = [];
  #error: JoinError | undefined;

  constructor(group: TaskGroup) {
    this.#group = group;
  }

  poll(waker: Waker): T[] | Pending {
    for (let task = this.#group.take(); task !== undefined; task = this.#group.take()) {
      this.#took(task.outcome as Result<T, JoinError>);
    }
    if (this.#group.size > 0) {
      this.#group.wait(waker);
      return PENDING;
    }
    if (this.#error !== undefined) throw this.#error;
    return this.#values;
  }

  leave(waker: Waker): boolean {
    this.#group.unwait(waker);
    return true;
  }

  #took(outcome: Result<T, JoinError>): void {
    if (outcome.ok) this.#values.push(outcome.value);
    else if (this.#error === undefined) {
      this.#error = outcome.error;
      this.#group.abortAll(undefined, true);
    }
  }
}

/** Aborts all, and waits until none lives. */
export class Shutdown implements Pollable<void> {
  readonly #group: TaskGroup;
  #began = false;

  constructor(group: TaskGroup) {
    this.#group = group;
  }

  get what(): string {
    return `shutdown() of ${this.#group.alive} tasks`;
  }

  poll(waker: Waker): undefined | Pending {
    if (!this.#began) this.#group.abortAll(undefined, true);
    this.#began = true;
    while (this.#group.take() !== undefined);
    if (this.#group.alive === 0) return undefined;
    this.#group.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#group.unwait(waker);
    return true;
  }
}
