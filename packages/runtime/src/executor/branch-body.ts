import { Ring } from '../base/ring.js';
import {
  type AsyncFrame,
  type AsyncWaits,
  currentAsyncFrame,
  fillBranchBody,
  type ParkedWait,
} from '../task/async-frame.js';
import type { Locals } from '../task/locals.js';
import { REFUSALS } from '../task/patience.js';
import type { Waker } from '../task/pollable.js';
import { isAborted } from '../task/state.js';
import type { Task } from '../task/task.js';
import { type Context, currentFrame, runInFrame } from './context.js';
import { pollSoon } from './poll-soon.js';

const RESOLVED = Promise.resolve();

/**
 * An async function that is a branch: what it awaits of ours is known to be its own, and so can be withdrawn.
 *
 * Its waits park here, and not with the body of the task. They are polled when the branch is, within the budget of
 * the task; when the branch is left, each is left and throws `TaskCancelled`, and so does what it begins after that.
 * While it has none it waits for a promise of others, which holds up a stopped clock; else the clock may go on.
 */
export class BranchBody implements AsyncFrame, AsyncWaits {
  readonly task: Task<unknown>;
  readonly unconstrained: boolean;
  readonly waits: AsyncWaits = this;
  readonly locals: Locals | undefined;
  readonly context: Context | undefined;
  left = false;
  readonly #shielded: boolean;
  readonly #parked = new Set<ParkedWait>();
  readonly #woken = new Ring<ParkedWait>();
  #waker: Waker | undefined;
  #counts = false;
  #ended = false;
  #refusals = 0;

  constructor(task: Task<unknown>) {
    const outer = currentAsyncFrame();
    this.task = task;
    // In a generator task an abort leaves the branch itself, unless it is in something that is shielded.
    this.#shielded = outer?.shielded ?? true;
    this.unconstrained = outer?.unconstrained ?? false;
    this.locals = currentFrame()?.locals;
    this.context = task.context as Context | undefined;
  }

  get shielded(): boolean {
    return this.#shielded && !this.left;
  }

  get what(): string | undefined {
    return this.#parked.size === 0 ? undefined : [...this.#parked].map((wait) => wait.what).join(', ');
  }

  enter<A, R>(run: (arg: A) => R, arg: A): R {
    return runInFrame(this, this.context, run, arg);
  }

  /** Calls the function, whose awaits must find out whose they are. */
  call<A, R>(waker: Waker, fn: (arg: A) => R, arg: A): R {
    this.#waker = waker;
    return runInFrame(this, undefined, fn, arg);
  }

  /** Polls what was woken. The function goes on in the microtask after that. */
  poll(waker: Waker): void {
    this.#waker = waker;
    for (let left = this.#woken.size; left > 0; left -= 1) {
      const wait = this.#woken.pop() as ParkedWait;
      if (wait.poll()) this.#parked.delete(wait);
    }
    this.#count(this.#parked.size === 0);
  }

  /** The function has ended. What it left behind goes on by itself. */
  end(): void {
    this.#ended = true;
    this.#count(false);
    this.#release();
  }

  leave(): void {
    if (this.left) return;
    this.left = true;
    this.#ended = true;
    this.#count(false);
    for (const wait of this.#parked) {
      // An abort of the task is not told to what is shielded in it.
      if (wait.shielded && isAborted(this.task)) continue;
      if (wait.cancel()) this.#parked.delete(wait);
    }
    this.#release();
  }

  park(wait: ParkedWait): void {
    this.#parked.add(wait);
    if (!this.#ended) this.#count(false);
  }

  woken(wait: ParkedWait): void {
    if (this.#ended) {
      pollSoon(wait);
      return;
    }
    this.#woken.push(wait);
    this.#waker?.wake();
  }

  refuse(tell: () => void): void {
    this.#refusals += 1;
    if (this.#refusals < REFUSALS) void RESOLVED.then(tell);
  }

  #release(): void {
    for (let wait = this.#woken.pop(); wait !== undefined; wait = this.#woken.pop()) pollSoon(wait);
  }

  #count(counts: boolean): void {
    if (this.#counts === counts) return;
    this.#counts = counts;
    this.task.owner.waitsForPromise?.(counts ? 1 : -1);
  }
}

fillBranchBody((task) => new BranchBody(task));
