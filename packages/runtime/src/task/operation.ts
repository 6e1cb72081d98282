import { inspect } from 'node:util';
import { DONE, RESUME, SUSPENDED, type Suspension } from '../base/suspension.js';
import { currentAsyncFrame } from './async-frame.js';
import { AsyncWait } from './async-wait.js';
import { current, currentWaker, forceYield } from './current.js';
import type { Op } from './op.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { TaskCancelled } from './task-cancelled.js';

// V8 looks up an import at each use, and knows a constant of this file.
const here = current;
const resume = RESUME;
const none: Pending = PENDING;

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
  // Declared, and defined by the constructor: a private field of a class that is inherited from is defined by a
  // function of its own, which V8 does not inline.
  declare private readonly pollable: Pollable<T>;
  declare private use: number;

  /** Without a `pollable` it is one itself: see `Sleeping`. */
  constructor(pollable?: Pollable<T>) {
    this.pollable = pollable ?? (this as unknown as Pollable<T>);
    this.use = FRESH;
  }

  /** Takes the operation out of its wrapping, for a combinator that polls it itself. */
  static take<T>(operation: Operation<T>): Pollable<T> {
    Operation.#claim(operation);
    return operation.pollable;
  }

  /** Lets an operation be used again that has nothing to give yet: it was left, or set anew. */
  static renew(operation: Operation<unknown>): void {
    operation.use = FRESH;
  }

  [Symbol.iterator](): this {
    if (currentWaker() === null) throw iteratedOutside(this.pollable.what);
    Operation.#claim(this);
    return this;
  }

  next(sent: unknown): IteratorResult<Suspension, T> {
    const waker = currentWaker();
    if (waker === null) throw iteratedOutside(this.pollable.what);
    if (sent !== resume) {
      // biome-ignore lint/complexity/noArguments: a rest parameter would make an array of it
      if (arguments.length === 0) throw iteratedOutside(this.pollable.what);
      if (here.leaving !== null && !here.leaving.mayBegin()) return SUSPENDED;
    } else if (this.use === LEAVING) return Operation.#goOnLeaving(this, waker);
    if (here.budget <= 0) return this.waitForBudget(waker);
    const value = pollAndPay(this.pollable, waker);
    if (value === none) {
      waitFor(this.pollable);
      return SUSPENDED;
    }
    return value === undefined ? (DONE as IteratorReturnResult<never>) : { done: true, value };
  }

  /**
   * For a subclass with a `next` of its own, in which its poll is called directly: what the first step has to ask.
   *
   * `false` says that the step is `SUSPENDED`. `given` is how many arguments `next` got.
   */
  protected mayBegin(given: number): boolean {
    if (given === 0) throw iteratedOutside(this.pollable.what);
    return here.leaving === null || here.leaving.mayBegin();
  }

  /** The step of one that is not polled, since the budget is used up. */
  protected waitForBudget(waker: Waker): IteratorResult<Suspension, never> {
    waitFor(this.pollable);
    forceYield(here.task);
    waker.wake();
    return SUSPENDED;
  }

  return(value?: unknown): IteratorResult<Suspension, T> {
    const waker = currentWaker();
    if (waker === null || this.pollable.leave(waker)) return { done: true, value: value as T };
    this.use = LEAVING;
    return SUSPENDED;
  }

  /** So that a printed operation says what it is. */
  get [Symbol.toStringTag](): string {
    return this.pollable.what;
  }

  // biome-ignore lint/suspicious/noThenProperty: an operation is awaitable, and PromiseLike is how JavaScript says so
  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onThrow?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    Operation.#claim(this);
    return AsyncWait.begin(this.pollable, currentAsyncFrame(), onValue, onThrow);
  }

  // The helpers are static: private methods would put a mark into every operation, which takes room and time.

  static #claim(operation: Operation<unknown>): void {
    if (operation.use !== FRESH) throw usedTwice(operation.pollable.what);
    operation.use = CLAIMED;
  }

  static #goOnLeaving(operation: Operation<unknown>, waker: Waker): IteratorResult<Suspension, never> {
    if (!operation.pollable.leave(waker)) return SUSPENDED;
    const { task } = here;
    throw new TaskCancelled(task?.id ?? 0, task?.attributes?.abortReason);
  }
}

// What it is made of is not printed with it.
Object.defineProperty(Operation.prototype, inspect.custom, {
  value(this: Operation<unknown>): string {
    return `Operation [${this[Symbol.toStringTag]}] {}`;
  },
});

/** A throw costs what a value does: a body that catches it and asks again must not keep the thread. */
function pollAndPay<T>(pollable: Pollable<T>, waker: Waker): T | Pending {
  try {
    const value = pollable.poll(waker);
    if (value !== none) here.budget -= 1;
    return value;
  } catch (thrown) {
    here.budget -= 1;
    throw thrown;
  }
}

/** Notes what the task waits for. What a branch waits for is not what its task does: that says who waits for all of them. */
export function waitFor(pollable: Pollable<unknown>): void {
  if (here.branch === null && here.task !== null) here.task.waitsFor = pollable;
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
