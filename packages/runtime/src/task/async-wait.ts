import { AsyncResource } from 'node:async_hooks';
import { soon } from '../base/soon.js';
import type { AsyncFrame, ParkedWait } from './async-frame.js';
import { type Callback, Chain } from './chain.js';
import { BUDGET, current, forceYield } from './current.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { isAborted, isSettled } from './state.js';
import { TaskCancelled } from './task-cancelled.js';

type OnValue<T, A> = ((value: T) => A | PromiseLike<A>) | null | undefined;
type OnThrow<B> = ((error: unknown) => B | PromiseLike<B>) | null | undefined;

const RESOLVED = Promise.resolve();

/** What was there at once, but has to wait for a poll, since the budget of this one is used up. */
type Held = { readonly value: unknown } | { readonly thrown: unknown };

/** The wait outside any task that is being polled, if one is. A wake of it is not answered in a microtask. */
let polledOutside: AsyncWait<unknown> | undefined;

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
 * branches) runs in the frame of its task, as it would after a promise of JavaScript's own.
 *
 * It is itself what `then` returns. An `await` never looks at that, and on Node 20 each promise costs a
 * hundred nanoseconds once there is an `AsyncLocalStorage`; so a promise is made when somebody chains on it.
 */
export class AsyncWait<T> extends Chain implements Waker, ParkedWait {
  readonly #pollable: Pollable<T>;
  readonly #frame: AsyncFrame | undefined;
  readonly #context: AsyncResource | undefined;
  #woken = false;
  #cancelling = false;
  #ended = false;
  #held: Held | undefined;

  private constructor(
    pollable: Pollable<T>,
    frame: AsyncFrame | undefined,
    onValue: Callback,
    onThrow: Callback,
  ) {
    super(onValue, onThrow);
    this.#pollable = pollable;
    this.#frame = frame;
    this.#context =
      frame === undefined ? new AsyncResource('heddle.await', { requireManualDestroy: true }) : undefined;
  }

  /** Does what `then` does on a promise for the value of `pollable`. */
  static begin<T, A = T, B = never>(
    pollable: Pollable<T>,
    frame: AsyncFrame | undefined,
    onValue?: OnValue<T, A>,
    onThrow?: OnThrow<B>,
  ): Promise<A | B> {
    const wait = new AsyncWait(pollable, frame, onValue as Callback, onThrow as Callback);
    if (!AsyncWait.#isRefused(wait)) AsyncWait.#pollFirst(wait);
    return wait as unknown as Promise<A | B>;
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
    // It is polled in its own context, so the microtask need not carry one.
    else if (polledOutside !== this) soon(() => void this.poll());
  }

  poll(): boolean {
    this.#woken = false;
    if (this.#ended) return false;
    return AsyncWait.#enter(this, this.#cancelling ? AsyncWait.#cancelHere : AsyncWait.#pollHere);
  }

  cancel(): boolean {
    if (this.#ended) return true;
    // An operation that has ended cannot be left: a message that was thrown away here would be lost.
    if (this.#held !== undefined) return AsyncWait.#enter(this, AsyncWait.#pollHere);
    this.#cancelling = true;
    return AsyncWait.#enter(this, AsyncWait.#cancelHere);
  }

  drop(): void {
    this.#ended = true;
    try {
      AsyncWait.#enter(this, AsyncWait.#leave);
    } catch {
      // Nobody is left whom a cleanup could tell that it failed.
    }
  }

  // Static, since private methods would put a mark into every wait, which takes room and time.

  static #enter<R>(wait: AsyncWait<unknown>, run: (wait: AsyncWait<unknown>) => R): R {
    if (wait.#frame !== undefined) return wait.#frame.enter(run, wait);
    return (wait.#context as AsyncResource).runInAsyncScope(run, undefined, wait);
  }

  static #pollHere(this: void, wait: AsyncWait<unknown>): boolean {
    if (wait.#held !== undefined) {
      wait.#ended = true;
      AsyncWait.#deliver(wait, wait.#held);
      return true;
    }
    try {
      const value = AsyncWait.#poll(wait);
      if (value === PENDING) return false;
      wait.#ended = true;
      wait.give(value);
    } catch (error) {
      wait.#ended = true;
      wait.throw(error);
    }
    return true;
  }

  static #cancelHere(this: void, wait: AsyncWait<unknown>): boolean {
    let error: unknown;
    try {
      if (!AsyncWait.#leave(wait)) return false;
      error = cancelled(wait.#frame);
    } catch (thrown) {
      error = thrown;
    }
    wait.#ended = true;
    wait.throw(error);
    return true;
  }

  static #isRefused(wait: AsyncWait<unknown>): boolean {
    const frame = wait.#frame;
    if (frame === undefined || (!isAborted(frame.task) && frame.waits.left !== true) || wait.shielded)
      return false;
    let refusal: () => unknown = () => cancelled(frame);
    try {
      // It may have a place in a line already, as a `Notified` that was enabled, and a sleep can be used again.
      if (!AsyncWait.#leave(wait)) {
        wait.#cancelling = true;
        frame.waits.park(wait);
        return true;
      }
    } catch (thrown) {
      refusal = () => thrown;
    }
    wait.#ended = true;
    frame.waits.refuse(() => wait.throw(refusal()));
    return true;
  }

  // Polled here even when the budget is used up: a function among the branches must run in this context.
  static #pollFirst(wait: AsyncWait<unknown>): void {
    let held: Held;
    try {
      const value = AsyncWait.#poll(wait);
      if (value === PENDING) {
        wait.#frame?.waits.park(wait);
        return;
      }
      held = { value };
    } catch (thrown) {
      held = { thrown };
    }
    // `then` must answer later: a value that is there at once is handed over in a microtask.
    const frame = wait.#frame;
    if (frame?.unconstrained !== true) {
      if (frame !== undefined && current.budget <= 0) {
        forceYield(frame.task);
        AsyncWait.#hold(wait, frame, held);
        return;
      }
      current.budget -= 1;
    }
    wait.#ended = true;
    void RESOLVED.then(() => AsyncWait.#deliver(wait, held));
  }

  static #hold(wait: AsyncWait<unknown>, frame: AsyncFrame, held: Held): void {
    wait.#held = held;
    frame.waits.park(wait);
    wait.wake();
  }

  static #deliver(wait: AsyncWait<unknown>, held: Held): void {
    if ('thrown' in held) wait.throw(held.thrown);
    else wait.give(held.value);
  }

  static #poll(wait: AsyncWait<unknown>): unknown | Pending {
    const { task, branch } = current;
    current.task = wait.#frame?.task ?? null;
    current.branch = wait;
    try {
      if (wait.#frame === undefined || isSettled(wait.#frame.task)) return AsyncWait.#pollOutside(wait);
      return wait.#pollable.poll(wait);
    } finally {
      current.task = task;
      current.branch = branch;
    }
  }

  // No executor gives such a poll its budget, and none serves timers and I/O after a poll that only yielded.
  static #pollOutside(wait: AsyncWait<unknown>): unknown | Pending {
    const { budget } = current;
    const outer = polledOutside;
    current.budget = BUDGET;
    polledOutside = wait;
    try {
      return wait.#pollable.poll(wait);
    } finally {
      current.budget = budget;
      polledOutside = outer;
      if (wait.#woken) setImmediate(() => wait.poll());
    }
  }

  static #leave(this: void, wait: AsyncWait<unknown>): boolean {
    const { task, branch } = current;
    current.task = wait.#frame?.task ?? null;
    current.branch = wait;
    try {
      return wait.#pollable.leave(wait);
    } finally {
      current.task = task;
      current.branch = branch;
    }
  }
}

/** What every operation of a task that was told of its abort throws. */
export function cancelled(frame: AsyncFrame | undefined): TaskCancelled {
  return new TaskCancelled(frame?.task.id ?? 0, frame?.task.attributes?.abortReason);
}
