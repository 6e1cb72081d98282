import { types } from 'node:util';
import { isGenerator } from '../base/generator.js';
import { isThenable } from '../base/thenable.js';
import { type BranchCall, branchBody } from './async-frame.js';
import { currentTask } from './current.js';
import { GeneratorBranch } from './generator-branch.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
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
  /** Where its awaits of ours are kept, where it is called in a task and may be async. */
  #body: BranchCall | undefined;

  constructor(fn: (signal: AbortSignal) => unknown) {
    this.#fn = fn;
  }

  get what(): string {
    return this.#body?.what ?? this.#inner?.what ?? 'a function';
  }

  poll(waker: Waker): unknown | Pending {
    if (this.#inner === undefined) {
      const returned = this.#call(waker);
      this.#inner = this.#pollableOf(returned);
      if (this.#inner === undefined) return returned;
    }
    this.#body?.poll(waker);
    let value: unknown;
    try {
      value = this.#inner.poll(waker);
    } catch (thrown) {
      this.#body?.end();
      throw thrown;
    }
    if (value !== PENDING) this.#body?.end();
    return value;
  }

  leave(waker: Waker): boolean {
    if (!this.#controller.signal.aborted) this.#controller.abort();
    this.#body?.leave();
    return this.#inner === undefined || this.#inner.leave(waker);
  }

  #call(waker: Waker): unknown {
    const task = currentTask();
    // A generator is driven by us, and needs nobody to see what it waits for.
    const body = task === undefined || types.isGeneratorFunction(this.#fn) ? undefined : branchBody(task);
    if (body === undefined) return this.#fn(this.#controller.signal);
    this.#body = body;
    try {
      return body.call(waker, this.#fn, this.#controller.signal);
    } catch (thrown) {
      body.end();
      throw thrown;
    }
  }

  #pollableOf(returned: unknown): Pollable<unknown> | undefined {
    if (!(returned instanceof Operation) && !isGenerator(returned) && isThenable(returned)) {
      return yieldingOf(returned) ?? new PromiseBranch(returned, this.#body === undefined);
    }
    // What it began and did not wait for goes on by itself.
    this.#body?.end();
    this.#body = undefined;
    if (returned instanceof Operation) return Operation.take(returned);
    return isGenerator(returned) ? new GeneratorBranch(returned) : undefined;
  }
}
