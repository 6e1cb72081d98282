import type { Result } from '../base/result.js';
import type { JoinError } from '../task/join-error.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { Task } from '../task/task.js';
import { beginBody, causeOf, type ScopeBody } from './scope-body.js';

/**
 * The life of one `thread.scope`: its body runs, then the threads that it has left are waited for.
 *
 * A failure ends nothing else, as in std: it is thrown when all have ended. Only the abort of who waits ends the body
 * and the threads.
 */
export class ThreadScopeWait<S> implements Pollable<unknown> {
  readonly #begin: () => ScopeBody;
  readonly #alive = new Set<Task<unknown>>();
  readonly #failed: { readonly task: Task<unknown>; readonly error: JoinError }[] = [];
  readonly #waiters = new Set<Waker>();
  #body: ScopeBody | undefined;
  #bodyEnd: { readonly value: unknown } | { readonly thrown: unknown } | undefined;
  #cleanupThrew: { readonly thrown: unknown } | undefined;
  #leaving = false;
  #closed = false;

  constructor(body: (scope: S) => unknown, scope: (wait: ThreadScopeWait<S>) => S) {
    this.#begin = () => beginBody(body, scope(this));
  }

  get what(): string {
    const body = this.#bodyEnd === undefined ? 'its body and ' : '';
    return `thread.scope(${body}${this.#alive.size} threads)`;
  }

  /** Starts a thread by `start` that the scope waits for. */
  spawn<T>(start: () => JoinHandle<T>): JoinHandle<T> {
    if (this.#closed) throw new Error('thread.scope: it has ended, so it takes no more threads');
    const handle = start();
    const task = TaskHandle.taskOf(handle as TaskHandle<T>) as Task<unknown>;
    task.withAttributes().taken = false;
    this.#alive.add(task);
    // Not a joiner: that would look as if the program had joined it.
    task.afterwards(() => this.#ended(task));
    if (this.#leaving) task.abort();
    return handle;
  }

  poll(waker: Waker): unknown | Pending {
    if (this.#bodyEnd === undefined) this.#pollBody(waker);
    if (this.#bodyEnd === undefined || this.#alive.size > 0) return this.#wait(waker);
    this.#closed = true;
    if ('thrown' in this.#bodyEnd) throw this.#bodyEnd.thrown;
    const unjoined = this.#failed.find(({ task }) => task.attributes?.taken !== true);
    if (unjoined === undefined) return this.#bodyEnd.value;
    const what = unjoined.error.isPanic() ? 'panicked' : 'crashed';
    throw new Error(`a scoped thread ${what}`, { cause: unjoined.error });
  }

  leave(waker: Waker): boolean {
    if (!this.#leaving) {
      this.#leaving = true;
      this.#abortAll();
    }
    if (this.#bodyEnd === undefined) this.#leaveBody(waker);
    if (this.#bodyEnd === undefined || this.#alive.size > 0) {
      this.#wait(waker);
      return false;
    }
    this.#closed = true;
    if (this.#cleanupThrew !== undefined) throw this.#cleanupThrew.thrown;
    return true;
  }

  #pollBody(waker: Waker): void {
    try {
      this.#body ??= this.#begin();
      if ('inline' in this.#body) {
        const value = this.#body.inline.poll(waker);
        if (value !== PENDING) this.#bodyEnd = { value };
      } else this.#takeOutcome(this.#body.outcome.poll(waker));
    } catch (thrown) {
      this.#bodyEnd = { thrown };
    }
  }

  #takeOutcome(outcome: Result<unknown, JoinError> | Pending): void {
    if (outcome === PENDING) return;
    this.#bodyEnd = outcome.ok ? { value: outcome.value } : { thrown: causeOf(outcome.error) };
  }

  #leaveBody(waker: Waker): void {
    try {
      if (this.#body === undefined) this.#bodyEnd = { value: undefined };
      else if ('task' in this.#body) this.#takeOutcome(this.#body.outcome.poll(waker));
      else if (this.#body.inline.leave(waker)) this.#bodyEnd = { value: undefined };
    } catch (thrown) {
      this.#bodyEnd = { thrown };
      this.#cleanupThrew = { thrown };
    }
  }

  #abortAll(): void {
    if (this.#body !== undefined && 'task' in this.#body) {
      this.#body.task.withAttributes().abandonAfterMs = false;
      this.#body.task.abort();
    }
    for (const task of [...this.#alive]) task.abort();
  }

  #ended(task: Task<unknown>): void {
    const { outcome, attributes, joiners } = task;
    if (outcome !== undefined && !outcome.ok && !outcome.error.isCancelled()) {
      // Whoever waits for it at this moment has joined it, and is told after this.
      if (joiners !== undefined && attributes !== undefined) attributes.taken = true;
      this.#failed.push({ task, error: outcome.error });
    }
    this.#alive.delete(task);
    for (const waiter of [...this.#waiters]) waiter.wake();
    this.#waiters.clear();
  }

  #wait(waker: Waker): Pending {
    this.#waiters.add(waker);
    return PENDING;
  }
}
