import { Ring } from '../base/ring.js';
import type { Waker } from './pollable.js';
import type { Task } from './task.js';

/**
 * Tasks that are kept together until each was taken: what `JoinSet` and `scope` are made of.
 *
 * It knows which tasks live and which have settled but were not taken, and wakes who waits for a change.
 */
export class TaskGroup {
  /** With what each wakes when it settles. */
  readonly #live = new Map<Task<unknown>, Waker>();
  readonly #settled = new Ring<Task<unknown>>();
  readonly #waiters = new Set<Waker>();

  /** How many tasks have not been taken. */
  get size(): number {
    return this.#live.size + this.#settled.size;
  }

  /** How many tasks have not settled. */
  get alive(): number {
    return this.#live.size;
  }

  add(task: Task<unknown>): void {
    if (this.#live.has(task)) return;
    const waker: Waker = {
      wake: () => {
        if (!this.#live.delete(task)) return;
        this.#settled.push(task);
        this.#notify();
      },
    };
    this.#live.set(task, waker);
    task.join(waker);
  }

  /** Takes the task that settled first, if there is one. */
  take(): Task<unknown> | undefined {
    return this.#settled.pop();
  }

  /** Aborts every live task. With `wait`, none of them is abandoned: whoever calls waits for the end of each. */
  abortAll(reason?: unknown, wait = false): void {
    for (const task of [...this.#live.keys()]) {
      if (wait) task.withAttributes().abandonAfterMs = false;
      task.abort(reason);
    }
  }

  /** Forgets every task, without a word to any. */
  clear(): void {
    // A joiner that stayed would make a panic look as if somebody waited for the task, and keep this group alive.
    for (const [task, waker] of this.#live) task.unjoin(waker);
    this.#live.clear();
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
