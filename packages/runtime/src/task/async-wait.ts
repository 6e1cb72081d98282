import { AsyncResource } from 'node:async_hooks';
import type { AsyncFrame, ParkedWait } from './async-frame.js';
import { current } from './current.js';
import { PENDING, type Pollable, type Waker } from './pollable.js';
import { isAborted, isSettled } from './state.js';
import { TaskCancelled } from './task-cancelled.js';

type OnValue<T, A> = ((value: T) => A | PromiseLike<A>) | null | undefined;
type OnThrow<B> = ((error: unknown) => B | PromiseLike<B>) | null | undefined;

const RESOLVED = Promise.resolve();

/**
 * One `await` of an operation, from the call of `then` to the moment the awaiting code goes on.
 *
 * In an async task it parks with the task and is polled by its executor, one at a time, so that our queue
 * decides who goes on. Outside any task it polls itself, a microtask after it was woken; so does a wait that a
 * body left behind when it ended.
 *
 * The callbacks are called directly, not through a promise of ours: a poll comes from the executor, whose
 * stack holds nothing of the user's, so this is what `then` promises, and the body that awaits runs one
 * microtask later instead of three. What runs in such a poll (a callback given to `then`, a generator among the
 * branches) runs in the context of the `then`, as it would after a promise of JavaScript's own.
 */
export class AsyncWait<T> implements Waker, ParkedWait {
  readonly #pollable: Pollable<T>;
  readonly #frame: AsyncFrame | undefined;
  readonly #context: AsyncResource;
  readonly #onValue: (value: T) => void;
  readonly #onThrow: (error: unknown) => void;
  #woken = false;
  #cancelling = false;
  #ended = false;
  /** What was there at once, but has to wait for a poll, since the budget of this one is used up. */
  #held: (() => void) | undefined;

  private constructor(
    pollable: Pollable<T>,
    frame: AsyncFrame | undefined,
    onValue: (value: T) => void,
    onThrow: (error: unknown) => void,
  ) {
    this.#pollable = pollable;
    this.#frame = frame;
    this.#context = frame?.context ?? new AsyncResource('heddle.await', { requireManualDestroy: true });
    this.#onValue = onValue;
    this.#onThrow = onThrow;
  }

  /** Does what `then` does on a promise for the value of `pollable`. */
  static begin<T, A = T, B = never>(
    pollable: Pollable<T>,
    frame: AsyncFrame | undefined,
    onValue?: OnValue<T, A>,
    onThrow?: OnThrow<B>,
  ): Promise<A | B> {
    return new Promise<A | B>((resolve, reject) => {
      const gave = (value: T): void => {
        if (typeof onValue !== 'function') resolve(value as unknown as A);
        else answer(onValue, value, resolve, reject);
      };
      const threw = (error: unknown): void => {
        if (typeof onThrow !== 'function') reject(error);
        else answer(onThrow, error, resolve, reject);
      };
      new AsyncWait(pollable, frame, gave, threw).#begin();
    });
  }

  get what(): string {
    return this.#pollable.what;
  }

  get shielded(): boolean {
    return this.#frame?.shielded === true || this.#pollable.shields === true;
  }

  wake(): void {
    if (this.#woken || this.#ended) return;
    this.#woken = true;
    if (this.#frame !== undefined && !isSettled(this.#frame.task)) this.#frame.waits.woken(this);
    else RESOLVED.then(() => this.poll());
  }

  poll(): boolean {
    this.#woken = false;
    if (this.#ended) return false;
    return this.#context.runInAsyncScope(this.#cancelling ? this.#cancelHere : this.#pollHere, this);
  }

  cancel(): boolean {
    if (this.#ended) return true;
    // An operation that has ended cannot be left: a message that was thrown away here would be lost.
    if (this.#held !== undefined) return this.#context.runInAsyncScope(this.#pollHere, this);
    this.#cancelling = true;
    return this.#context.runInAsyncScope(this.#cancelHere, this);
  }

  drop(): void {
    this.#ended = true;
    try {
      this.#context.runInAsyncScope(this.#leaveUnder, this);
    } catch {
      // Nobody is left whom a cleanup could tell that it failed.
    }
  }

  #pollHere(): boolean {
    if (this.#held !== undefined) {
      this.#ended = true;
      this.#held();
      return true;
    }
    let value: T;
    try {
      const polled = this.#pollUnder();
      if (polled === PENDING) return false;
      value = polled;
    } catch (error) {
      this.#ended = true;
      this.#onThrow(error);
      return true;
    }
    this.#ended = true;
    this.#onValue(value);
    return true;
  }

  #cancelHere(): boolean {
    let error: unknown;
    try {
      if (!this.#leaveUnder()) return false;
      const task = this.#frame?.task;
      error = new TaskCancelled(task?.id ?? 0, task?.attributes?.abortReason);
    } catch (thrown) {
      error = thrown;
    }
    this.#ended = true;
    this.#onThrow(error);
    return true;
  }

  // `then` must answer later: a value that is there at once is handed over in a microtask.
  #begin(): void {
    const frame = this.#frame;
    if (frame !== undefined && !this.shielded && isAborted(frame.task)) {
      this.#ended = true;
      const { id, attributes } = frame.task;
      frame.waits.refuse(() => this.#onThrow(new TaskCancelled(id, attributes?.abortReason)));
      return;
    }
    // Polled here even when the budget is used up: a function among the branches must run in this context.
    try {
      const value = this.#pollUnder();
      if (value === PENDING) frame?.waits.park(this);
      else this.#hold(() => this.#onValue(value));
    } catch (error) {
      this.#hold(() => this.#onThrow(error));
    }
  }

  #hold(deliver: () => void): void {
    const frame = this.#frame;
    if (frame === undefined || current.budget > 0) {
      this.#ended = true;
      current.budget -= 1;
      RESOLVED.then(deliver);
      return;
    }
    this.#held = deliver;
    frame.waits.park(this);
    this.wake();
  }

  #pollUnder(): T | typeof PENDING {
    const { task, branch } = current;
    current.task = this.#frame?.task ?? null;
    current.branch = this;
    try {
      return this.#pollable.poll(this);
    } finally {
      current.task = task;
      current.branch = branch;
    }
  }

  #leaveUnder(): boolean {
    const { task, branch } = current;
    current.task = this.#frame?.task ?? null;
    current.branch = this;
    try {
      return this.#pollable.leave(this);
    } finally {
      current.task = task;
      current.branch = branch;
    }
  }
}

function answer<V, R>(
  callback: (value: V) => R | PromiseLike<R>,
  value: V,
  resolve: (value: R | PromiseLike<R>) => void,
  reject: (error: unknown) => void,
): void {
  try {
    resolve(callback(value));
  } catch (error) {
    reject(error);
  }
}
