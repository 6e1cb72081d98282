import { currentTask } from './current.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import type { TaskOwner } from './task.js';

/** A promise that is not ours, by reference: leaving it stops the waiting and nothing else. */
export class PromiseBranch<T> implements Pollable<T> {
  readonly what = 'a promise that is not of heddle';
  readonly #promise: PromiseLike<T>;
  #waker: Waker | undefined;
  /** Who counts what its tasks wait for, from the first poll until there is an answer or nobody waits. */
  #counts: TaskOwner | undefined;
  #began = false;
  #settled: { readonly value: T } | { readonly thrown: unknown } | undefined;

  constructor(promise: PromiseLike<T>) {
    this.#promise = promise;
  }

  poll(waker: Waker): T | Pending {
    this.#waker = waker;
    if (!this.#began) this.#begin();
    if (this.#settled === undefined) return PENDING;
    if ('thrown' in this.#settled) throw this.#settled.thrown;
    return this.#settled.value;
  }

  leave(): boolean {
    this.#waker = undefined;
    this.#discount();
    return true;
  }

  #begin(): void {
    this.#began = true;
    this.#counts = currentTask()?.owner;
    this.#counts?.waitsForPromise?.(1);
    this.#promise.then(
      (value) => {
        this.#settle({ value });
      },
      (thrown) => {
        this.#settle({ thrown });
      },
    );
  }

  #settle(settled: { readonly value: T } | { readonly thrown: unknown }): void {
    this.#settled = settled;
    this.#waker?.wake();
    this.#discount();
  }

  #discount(): void {
    this.#counts?.waitsForPromise?.(-1);
    this.#counts = undefined;
  }
}
