import { isGenerator } from '../base/generator.js';
import { isThenable } from '../base/thenable.js';
import { GeneratorBranch } from './generator-branch.js';
import { Operation } from './operation.js';
import type { Pending, Pollable, Waker } from './pollable.js';
import { PromiseBranch } from './promise-branch.js';
import { yieldingOf } from './yield-now.js';

/**
 * A function that is called when its branch begins, with a signal of its own that fires when the branch is left.
 *
 * What it returns decides, as in a task: a generator is driven, a promise is awaited, the rest is the value. An
 * operation belongs to the branch: awaited as a promise is, it would go on after the branch was left, and what it
 * then receives would be lost.
 */
export class FunctionBranch implements Pollable<unknown> {
  readonly #fn: (signal: AbortSignal) => unknown;
  readonly #controller = new AbortController();
  #inner: Pollable<unknown> | undefined;

  constructor(fn: (signal: AbortSignal) => unknown) {
    this.#fn = fn;
  }

  get what(): string {
    return this.#inner?.what ?? 'a function';
  }

  poll(waker: Waker): unknown | Pending {
    if (this.#inner === undefined) {
      const returned = this.#fn(this.#controller.signal);
      if (returned instanceof Operation) this.#inner = Operation.take(returned);
      else if (isGenerator(returned)) this.#inner = new GeneratorBranch(returned);
      else if (isThenable(returned)) this.#inner = yieldingOf(returned) ?? new PromiseBranch(returned);
      else return returned;
    }
    return this.#inner.poll(waker);
  }

  leave(waker: Waker): boolean {
    if (!this.#controller.signal.aborted) this.#controller.abort();
    return this.#inner === undefined || this.#inner.leave(waker);
  }
}
