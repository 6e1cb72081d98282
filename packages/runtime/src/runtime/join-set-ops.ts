import type { Result } from '../base/result.js';
import type { JoinError } from '../task/join-error.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { Task } from '../task/task.js';
import type { TaskGroup } from '../task/task-group.js';
import { causeOf } from './scope-body.js';

/** Takes the task that ended first, and gives what `read` makes of it. One of which it makes nothing is passed over. */
export class JoinNext<R> implements Pollable<R | undefined> {
  readonly #group: TaskGroup;
  readonly #read: (task: Task<unknown>) => R | undefined;

  constructor(group: TaskGroup, read: (task: Task<unknown>) => R | undefined) {
    this.#group = group;
    this.#read = read;
  }

  get what(): string {
    return `joinNext() of ${this.#group.alive} tasks`;
  }

  poll(waker: Waker): R | undefined | Pending {
    const next = takeNext(this.#group, this.#read);
    if (next !== undefined) return next;
    if (this.#group.size === 0) return undefined;
    this.#group.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#group.unwait(waker);
    return true;
  }
}

/** What `JoinNext` gives, if there is one, without waiting. */
export function takeNext<R>(group: TaskGroup, read: (task: Task<unknown>) => R | undefined): R | undefined {
  for (let task = group.take(); task !== undefined; task = group.take()) {
    const next = read(task);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Takes all, and throws what the first that failed threw, once none is left. */
export class JoinAll<T> implements Pollable<T[]> {
  readonly what = 'joinAll()';
  readonly #group: TaskGroup;
  readonly #values: T[] = [];
  #failed: { readonly cause: unknown } | undefined;

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
    if (this.#failed !== undefined) throw this.#failed.cause;
    return this.#values;
  }

  leave(waker: Waker): boolean {
    this.#group.unwait(waker);
    return true;
  }

  #took(outcome: Result<T, JoinError>): void {
    if (outcome.ok) this.#values.push(outcome.value);
    else if (this.#failed === undefined) {
      this.#failed = { cause: causeOf(outcome.error) };
      this.#group.abortAll(undefined, true);
    }
  }
}

/** Aborts all, and waits until none lives. `took` hears of each that is taken out. */
export class Shutdown implements Pollable<void> {
  readonly #group: TaskGroup;
  readonly #took: (task: Task<unknown>) => void;
  #began = false;

  constructor(group: TaskGroup, took: (task: Task<unknown>) => void) {
    this.#group = group;
    this.#took = took;
  }

  get what(): string {
    return `shutdown() of ${this.#group.alive} tasks`;
  }

  poll(waker: Waker): undefined | Pending {
    if (!this.#began) this.#group.abortAll(undefined, true);
    this.#began = true;
    for (let task = this.#group.take(); task !== undefined; task = this.#group.take()) this.#took(task);
    if (this.#group.alive === 0) return undefined;
    this.#group.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#group.unwait(waker);
    return true;
  }
}
