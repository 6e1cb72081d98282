import { DONE, RESUME, SUSPENDED, type Suspension } from '../base/suspension.js';
import { currentAsyncFrame } from './async-frame.js';
import { AsyncWait } from './async-wait.js';
import { current, currentWaker, forceYield } from './current.js';
import type { Op } from './op.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { TaskCancelled } from './task-cancelled.js';

const FRESH = 0;
const CLAIMED = 1;
const LEAVING = 2;

/**
 * The one way to suspend: turns a `Pollable` into something for `yield*` and for `await`.
 *
 * Under `yield*` it is its own iterator. Anything else that walks over it (a spread, a destructuring, `for…of`) is
 * told so by its first step: JavaScript gives `next` an argument under `yield*` alone. A step that has no value yet is `SUSPENDED`, passed on unchanged by
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

  /** Without a `pollable` it is one itself: see `Sleeping`. */
  constructor(pollable?: Pollable<T>) {
    this.#pollable = pollable ?? (this as unknown as Pollable<T>);
  }

  /** Takes the operation out of its wrapping, for a combinator that polls it itself. */
  static take<T>(operation: Operation<T>): Pollable<T> {
    Operation.#claim(operation);
    return operation.#pollable;
  }

  /** Lets an operation be used again that has nothing to give yet: it was left, or set anew. */
  static renew(operation: Operation<unknown>): void {
    operation.#use = FRESH;
  }

  [Symbol.iterator](): this {
    if (currentWaker() === null) throw iteratedOutside(this.#pollable.what);
    Operation.#claim(this);
    return this;
  }

  next(sent: unknown): IteratorResult<Suspension, T> {
    const waker = currentWaker();
    if (waker === null) throw iteratedOutside(this.#pollable.what);
    if (sent !== RESUME) {
      // biome-ignore lint/complexity/noArguments: a rest parameter would make an array of it
      if (arguments.length === 0) throw iteratedOutside(this.#pollable.what);
      if (current.leaving !== null && !current.leaving.mayBegin()) return SUSPENDED;
    } else if (this.#use === LEAVING) return Operation.#goOnLeaving(this, waker);
    if (current.budget <= 0) {
      if (current.branch === null && current.task !== null) current.task.waitsFor = this.#pollable;
      forceYield(current.task);
      waker.wake();
      return SUSPENDED;
    }
    const value = pollAndPay(this.#pollable, waker);
    if (value === PENDING) {
      // What a branch waits for is not what its task does: that says who waits for all of them.
      if (current.branch === null && current.task !== null) current.task.waitsFor = this.#pollable;
      return SUSPENDED;
    }
    return value === undefined ? (DONE as IteratorReturnResult<never>) : { done: true, value };
  }

  return(value?: unknown): IteratorResult<Suspension, T> {
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
    Operation.#claim(this);
    return AsyncWait.begin(this.#pollable, currentAsyncFrame(), onValue, onThrow);
  }

  // The helpers are static: private methods would put a mark into every operation, which takes room and time.

  static #claim(operation: Operation<unknown>): void {
    if (operation.#use !== FRESH) throw usedTwice(operation.#pollable.what);
    operation.#use = CLAIMED;
  }

  static #goOnLeaving(operation: Operation<unknown>, waker: Waker): IteratorResult<Suspension, never> {
    if (!operation.#pollable.leave(waker)) return SUSPENDED;
    const { task } = current;
    throw new TaskCancelled(task?.id ?? 0, task?.attributes?.abortReason);
  }
}

/** A throw costs what a value does: a body that catches it and asks again must not keep the thread. */
function pollAndPay<T>(pollable: Pollable<T>, waker: Waker): T | Pending {
  try {
    const value = pollable.poll(waker);
    if (value !== PENDING) current.budget -= 1;
    return value;
  } catch (thrown) {
    current.budget -= 1;
    throw thrown;
  }
}

function usedTwice(what: string): TypeError {
  return new TypeError(
    `${what} was used twice. An operation is used once: call the function again for another.`,
  );
}

/** What is thrown where an operation is walked over like an array. */
export function iteratedOutside(what: string): TypeError {
  const call = /^[\w.]+(?=\()/.exec(what)?.[0];
  const name = call === undefined ? (HANDLE.test(what) ? 'handle' : 'operation') : `${call}(…)`;
  const was = call === undefined ? `a ${what.replace(/^a /, '')}` : `${call}()`;
  return new TypeError(
    `${was} was iterated; write \`await ${name}\`, or \`yield* ${name}\` in a generator task.`,
  );
}

const HANDLE = /^handle of task /;
