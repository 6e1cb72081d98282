import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/** A promise that is not ours, by reference: leaving it stops the waiting and nothing else. */
export class PromiseBranch<T> implements Pollable<T> {
  readonly what = 'a promise that is not of heddle';
  readonly #promise: PromiseLike<T>;
  #waker: Waker | undefined;
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
    return true;
  }

  #begin(): void {
    this.#began = true;
    this.#promise.then(
      (value) => {
        this.#settled = { value };
        this.#waker?.wake();
      },
      (thrown) => {
        this.#settled = { thrown };
        this.#waker?.wake();
      },
    );
  }
}
