import { current } from '../task/current.js';
import type { Waker } from '../task/pollable.js';
import { isSettled } from '../task/state.js';
import type { Task } from '../task/task.js';

/** One operation that waits on a socket, and the task that it waits for, if any. */
export class Waiting {
  waker: Waker;
  readonly task: Task<unknown> | null = current.task;

  constructor(waker: Waker) {
    this.waker = waker;
  }
}

/** Those who wait for one side of a socket, in the order in which they came. Nearly always one. */
export class WaitingSet {
  readonly #members = new Set<Waiting>();

  /** The first who is not of `task` and still there to be served; its `task` is null outside any. */
  otherThan(task: Task<unknown>): Waiting | undefined {
    for (const waiting of this.#members) {
      if (waiting.task === null || (waiting.task !== task && !isSettled(waiting.task))) return waiting;
    }
    return undefined;
  }

  /** Adds, or renews, the place of an operation that goes on waiting. */
  stay(waiting: Waiting | undefined, waker: Waker): Waiting {
    if (waiting !== undefined) {
      waiting.waker = waker;
      return waiting;
    }
    const made = new Waiting(waker);
    this.#members.add(made);
    return made;
  }

  leave(waiting: Waiting | undefined): void {
    if (waiting !== undefined) this.#members.delete(waiting);
  }

  /** Wakes all; each goes when its own poll ends it. */
  wakeAll(): void {
    for (const waiting of this.#members) waiting.waker.wake();
  }
}
