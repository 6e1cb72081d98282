import type { Result } from '../base/result.js';
import type { JoinError } from '../task/join-error.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { TaskGroup } from '../task/task-group.js';
import { causeOf, type ScopeBody } from './scope-body.js';

/**
 * The life of one scope: its body and its children run; then, for whatever cause, all that is alive is ended.
 *
 * The first cause wins: a throw of the body, a failed child, or the abort that leaves the scope. From then on
 * the only question is who still lives.
 */
export class ScopeWait implements Pollable<unknown> {
  readonly #begin: (add: (handle: JoinHandle<unknown>) => void) => ScopeBody;
  readonly #children = new TaskGroup();
  #body: ScopeBody | undefined;
  #bodyEnded = false;
  #value: unknown;
  #cause: { readonly error: unknown } | undefined;
  #cleanupThrew: { readonly error: unknown } | undefined;
  #ending = false;
  #closed = false;

  constructor(begin: (add: (handle: JoinHandle<unknown>) => void) => ScopeBody) {
    this.#begin = begin;
  }

  get what(): string {
    const body = this.#bodyEnded ? '' : 'its body and ';
    return `scope(${body}${this.#children.alive} children)`;
  }

  poll(waker: Waker): unknown | Pending {
    try {
      this.#body ??= this.#begin((handle) => this.#add(handle));
      if (!this.#bodyEnded && !this.#ending) this.#pollBody(this.#body, waker);
    } catch (error) {
      this.#bodyEnded = true;
      this.#fail(error);
    }
    this.#takeChildren();
    if (this.#cause !== undefined) {
      if (!this.#end(waker)) return PENDING;
      throw this.#cause.error;
    }
    if (!this.#bodyEnded || this.#children.alive > 0) return this.#park(waker);
    this.#closed = true;
    return this.#value;
  }

  /** Throws what the cleanup of the body threw, as leaving a generator does. */
  leave(waker: Waker): boolean {
    if (!this.#end(waker)) return false;
    if (this.#cleanupThrew !== undefined) throw this.#cleanupThrew.error;
    return true;
  }

  #end(waker: Waker): boolean {
    if (!this.#ending) {
      // Noted first: a listener of a child's signal may spawn another.
      this.#ending = true;
      this.#abortAll();
    }
    const bodyLeft = this.#leaveBody(waker);
    this.#takeChildren();
    if (!bodyLeft || this.#children.alive > 0) {
      this.#park(waker);
      return false;
    }
    this.#closed = true;
    return true;
  }

  #pollBody(body: ScopeBody, waker: Waker): void {
    const value = 'inline' in body ? body.inline.poll(waker) : body.outcome.poll(waker);
    if (value === PENDING) return;
    this.#bodyEnded = true;
    if ('inline' in body) {
      this.#value = value;
      return;
    }
    const outcome = value as Result<unknown, JoinError>;
    if (outcome.ok) this.#value = outcome.value;
    else this.#fail(causeOf(outcome.error));
  }

  // The body goes first: what it spawns while it ends is caught with the rest.
  #leaveBody(waker: Waker): boolean {
    if (this.#bodyEnded || this.#body === undefined) return true;
    try {
      if ('inline' in this.#body) this.#bodyEnded = this.#body.inline.leave(waker);
      else this.#bodyEnded = this.#body.outcome.poll(waker) !== PENDING;
    } catch (error) {
      this.#bodyEnded = true;
      this.#cleanupThrew = { error };
      this.#fail(error);
    }
    return this.#bodyEnded;
  }

  #abortAll(): void {
    if (this.#body !== undefined && 'task' in this.#body) {
      this.#body.task.withAttributes().abandonAfterMs = false;
      this.#body.task.abort();
    }
    this.#children.abortAll(undefined, true);
  }

  #takeChildren(): void {
    for (let child = this.#children.take(); child !== undefined; child = this.#children.take()) {
      const { outcome } = child;
      if (outcome !== undefined && !outcome.ok && !outcome.error.isCancelled())
        this.#fail(causeOf(outcome.error));
    }
  }

  #add(handle: JoinHandle<unknown>): void {
    if (!(handle instanceof TaskHandle)) throw new TypeError('scope: expected a spawner of heddle');
    const task = TaskHandle.taskOf(handle);
    if (this.#closed) {
      task.abort();
      throw new Error('scope: its body has ended, so it takes no more children');
    }
    this.#children.add(task);
    if (this.#ending) this.#children.abortAll(undefined, true);
  }

  #fail(error: unknown): void {
    this.#cause ??= { error };
  }

  #park(waker: Waker): Pending {
    this.#children.wait(waker);
    return PENDING;
  }
}
