import { currentTask } from './current.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { waitersOf } from './promise-waiters.js';
import type { TaskOwner } from './task.js';

/** A promise that is not ours, by reference: leaving it stops the waiting and nothing else. */
export class PromiseBranch<T> implements Pollable<T> {
  readonly what = 'a promise that is not of heddle';
  readonly #promise: PromiseLike<T>;
  readonly #isForeign: boolean;
  readonly #woken = () => {
    this.#waker?.wake();
    this.#discount();
  };
  #waiters: ReturnType<typeof waitersOf> | undefined;
  #waker: Waker | undefined;
  /** Who counts what its tasks wait for, from the first poll until there is an answer or nobody waits. */
  #counts: TaskOwner | undefined;

  /** `isForeign` says whether it counts as such; that of an async function may wait for what is ours. */
  constructor(promise: PromiseLike<T>, isForeign = true) {
    this.#promise = promise;
    this.#isForeign = isForeign;
  }

  poll(waker: Waker): T | Pending {
    this.#waker = waker;
    const { settled } = this.#waiters ?? this.#begin();
    if (settled === undefined) return PENDING;
    if ('thrown' in settled) throw settled.thrown;
    return settled.value as T;
  }

  leave(): boolean {
    this.#waker = undefined;
    this.#waiters?.remove(this.#woken);
    this.#discount();
    return true;
  }

  #begin(): ReturnType<typeof waitersOf> {
    const waiters = waitersOf(this.#promise);
    this.#waiters = waiters;
    if (waiters.settled !== undefined) return waiters;
    waiters.add(this.#woken);
    if (this.#isForeign) this.#counts = currentTask()?.owner;
    this.#counts?.waitsForPromise?.(1);
    return waiters;
  }

  #discount(): void {
    this.#counts?.waitsForPromise?.(-1);
    this.#counts = undefined;
  }
}
