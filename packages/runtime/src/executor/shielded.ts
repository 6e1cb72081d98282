import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import { current } from '../task/current.js';
import { FunctionBranch } from '../task/function-branch.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { shield, unshield } from '../task/state.js';
import type { Task } from '../task/task.js';
import { type FrameMarks, pollMarked } from './marked-frame.js';

/**
 * Runs `fn` so that an abort of the task is not told inside it: its operations work as if nothing had happened.
 *
 * For a cleanup that must wait, in an async task that is being aborted, and for a step that must not be torn
 * apart, in either form of task. The abort is told right after it, at the next operation. `task.signal` fires all the
 * same. Leaving it for another reason, a lost branch say, leaves `fn` too.
 *
 * Source: `trio.CancelScope(shield=True)`; tokio has no counterpart, since its drops cannot wait.
 *
 * @example
 * const handle = spawn(async () => {
 *   try {
 *     await sleep(60_000);
 *   } finally {
 *     await shielded(async () => {
 *       await sleep(1); // would throw TaskCancelled outside `shielded`
 *     });
 *   }
 * });
 * await yieldNow();
 * handle.abort();
 * console.log((await handle).ok); // false
 */
export function shielded<T>(fn: () => T | PromiseLike<T> | Generator<Suspension, T, unknown>): Op<T> {
  if (typeof fn !== 'function')
    throw new TypeError(`shielded: expected a function, got ${safeInspect(fn, 100)}`);
  return new Operation(new Shielded<T>(fn));
}

const SHIELDED: FrameMarks = { shielded: true };

class Shielded<T> implements Pollable<T> {
  readonly shields = true;
  readonly #inner: FunctionBranch;
  #began = false;
  #shields: Task<unknown> | undefined;

  constructor(fn: () => unknown) {
    this.#inner = new FunctionBranch(fn);
  }

  get what(): string {
    return `shielded(${this.#inner.what})`;
  }

  poll(waker: Waker): T | Pending {
    const { leaving, task } = current;
    if (this.#shields === undefined && task !== null) this.#shield(task);
    current.leaving = null;
    let value: unknown = PENDING;
    let ended = true;
    try {
      value = this.#pollInner(waker);
      ended = value !== PENDING;
    } finally {
      current.leaving = leaving;
      if (ended) this.#unshield();
    }
    return value as T | Pending;
  }

  // The first poll calls `fn`, whose own awaits must find out that they are shielded.
  #pollInner(waker: Waker): unknown {
    if (this.#began) return this.#inner.poll(waker);
    this.#began = true;
    return pollMarked(SHIELDED, this.#inner, waker);
  }

  leave(waker: Waker): boolean {
    const left = this.#inner.leave(waker);
    if (left) this.#unshield();
    return left;
  }

  #shield(task: Task<unknown>): void {
    this.#shields = task;
    const attributes = task.withAttributes();
    attributes.shields = (attributes.shields ?? 0) + 1;
    shield(task);
  }

  #unshield(): void {
    const task = this.#shields;
    if (task === undefined) return;
    this.#shields = undefined;
    const attributes = task.withAttributes();
    attributes.shields = (attributes.shields ?? 1) - 1;
    if (attributes.shields === 0 && unshield(task)) task.owner.enqueue(task);
  }
}
