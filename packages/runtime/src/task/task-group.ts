import { Ring } from '../base/ring.js';
import type { Waker } from './pollable.js';
import type { Task } from './task.js';

/**
 * Tasks that are kept together until each was taken: what `JoinSet` and `scope` are made of.
 *
 * It knows which tasks live and which have settled but were not taken, and wakes who waits for a change.
 */
export class TaskGroup {
  /** Those that were not taken, with what each wakes when it settles; without it, one has. */
  readonly #tasks = new Map<Task<unknown>, Waker | undefined>();
  readonly #settled = new Ring<Task<unknown>>();
  readonly #waiters = new Set<Waker>();

  /** How many tasks have not been taken. */
  get size(): number {
    return this.#tasks.size;
  }

  /** How many tasks have not settled. */
  get alive(): number {
    return this.#tasks.size - this.#settled.size;
  }

  /** One that is in the group, settled or not, is in it once. */
  add(task: Task<unknown>): void {
    if (this.#tasks.has(task)) return;
    const waker: Waker = {
      wake: () => {
        if (this.#tasks.get(task) !== waker) return;
        this.#tasks.set(task, undefined);
        this.#settled.push(task);
        this.#notify();
      },
    };
    this.#tasks.set(task, waker);
    task.join(waker);
  }

  /** Takes the task that settled first, if there is one. */
  take(): Task<unknown> | undefined {
    const task = this.#settled.pop();
    if (task !== undefined) this.#tasks.delete(task);
    return task;
  }

  /** Aborts every live task. With `wait`, none of them is abandoned: whoever calls waits for the end of each. */
  abortAll(reason?: unknown, wait = false): void {
    for (const [task, waker] of [...this.#tasks]) {
      if (waker === undefined) continue;
      if (wait) task.withAttributes().abandonAfterMs = false;
      task.abort(reason);
    }
  }

  /** Forgets every task, without a word to any. */
  clear(): void {
    // A joiner that stayed would make a panic look as if somebody waited for the task, and keep this group alive.
    for (const [task, waker] of this.#tasks) if (waker !== undefined) task.unjoin(waker);
    this.#tasks.clear();
    while (this.#settled.pop() !== undefined);
    this.#notify();
  }

  wait(waker: Waker): void {
    this.#waiters.add(waker);
  }

  unwait(waker: Waker): void {
    this.#waiters.delete(waker);
  }

  #notify(): void {
    for (const waiter of [...this.#waiters]) waiter.wake();
    this.#waiters.clear();
  }
}
