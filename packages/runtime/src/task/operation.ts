import { RESUME, SUSPENDED, type Suspension } from '../base/suspension.js';
import { currentAsyncFrame } from './async-frame.js';
import { AsyncWait } from './async-wait.js';
import { checkMayWait, current, currentWaker } from './current.js';
import type { Op } from './op.js';
import { PENDING, type Pollable } from './pollable.js';
import { TaskCancelled } from './task-cancelled.js';

const FRESH = 0;
const CLAIMED = 1;
const STEPPED = 2;
const LEAVING = 3;

/**
 * The one way to suspend: turns a `Pollable` into something for `yield*` and for `await`.
 *
 * Under `yield*` it is its own iterator. A step that has no value yet is `SUSPENDED`, passed on unchanged by
 * every `yield*` between here and the executor. An operation that is ready does not suspend, but takes one of
 * the budget; when none is left it suspends all the same, so that no task can keep the thread by never waiting.
 *
 * `return` is the generator's way of being aborted. Where the operation has a cleanup that itself waits, it
 * goes on suspending and then throws `TaskCancelled`: JavaScript forgets a `return()` that was answered with
 * "not done", and without the throw the body would run on.
 */
export class Operation<T> implements Op<T>, Iterator<Suspension, T, unknown> {
  readonly #pollable: Pollable<T>;
  #use = FRESH;

  constructor(pollable: Pollable<T>) {
    this.#pollable = pollable;
  }

  /** Takes the operation out of its wrapping, for a combinator that polls it itself. */
  static take<T>(operation: Operation<T>): Pollable<T> {
    operation.#claim();
    return operation.#pollable;
  }

  [Symbol.iterator](): this {
    if (currentWaker() === null) throw iteratedOutside(this.#pollable.what);
    this.#claim();
    return this;
  }

  next(sent: unknown): IteratorResult<Suspension, T> {
    const waker = currentWaker();
    if (waker === null) throw iteratedOutside(this.#pollable.what);
    if (sent !== RESUME) this.#begin();
    else if (this.#use === LEAVING) return this.#goOnLeaving();
    if (current.budget <= 0) {
      waker.wake();
      return SUSPENDED;
    }
    const value = this.#pollable.poll(waker);
    if (value === PENDING) {
      if (current.task !== null) current.task.waitsFor = this.#pollable;
      return SUSPENDED;
    }
    current.budget -= 1;
    return { done: true, value };
  }

  return(value?: unknown): IteratorResult<Suspension, T> {
    // A destructuring closes what it walked over: the operation began, and would be lost without a word.
    if (!current.dropping) throw iteratedOutside(this.#pollable.what);
    const waker = currentWaker();
    if (waker === null || this.#pollable.leave(waker)) return { done: true, value: value as T };
    this.#use = LEAVING;
    return SUSPENDED;
  }

  /** So that a printed operation says what it is. */
  get [Symbol.toStringTag](): string {
    return this.#pollable.what;
  }

  // biome-ignore lint/suspicious/noThenProperty: an operation is awaitable, and PromiseLike is how JavaScript says so
  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onThrow?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#claim();
    return AsyncWait.begin(this.#pollable, currentAsyncFrame(), onValue, onThrow);
  }

  #claim(): void {
    if (this.#use !== FRESH) {
      throw new TypeError(
        `${this.#pollable.what} was used twice. An operation is used once: call the function again for another.`,
      );
    }
    this.#use = CLAIMED;
  }

  // `yield*` starts an iterator once. A second start is a spread or a destructuring that walks on.
  #begin(): void {
    if (this.#use === STEPPED) throw iteratedOutside(this.#pollable.what);
    this.#use = STEPPED;
    if (current.leaving !== null) checkMayWait(current.leaving);
  }

  #goOnLeaving(): IteratorResult<Suspension, T> {
    const { task } = current;
    const waker = currentWaker();
    if (waker !== null && !this.#pollable.leave(waker)) return SUSPENDED;
    throw new TaskCancelled(task?.id ?? 0, task?.attributes?.abortReason);
  }
}

function iteratedOutside(what: string): TypeError {
  const name = what.replace(/\(.*/s, '');
  return new TypeError(
    `${name}() was iterated; write \`await ${name}(…)\`, or \`yield* ${name}(…)\` in a generator task.`,
  );
}
