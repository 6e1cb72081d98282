import { PENDING, type Pending, type Waker } from '../task/pollable.js';
import { Awaiting } from './awaiting.js';
import { LockClaim } from './lock-word.js';
import { NotifyClaim } from './notify-word.js';
import { SharedMutexGuard } from './shared-mutex-guard.js';

/** Lets go of a lock, listens for a notification, and takes the lock again: once, and without blocking the thread. */
export class CondvarRound {
  readonly #caller: string;
  readonly #guard: SharedMutexGuard<unknown>;
  readonly #lockWords: Int32Array;
  #waitsFor: Awaiting;
  #notified: boolean | undefined;

  constructor(caller: string, words: Int32Array, guard: SharedMutexGuard<unknown>) {
    this.#caller = caller;
    this.#guard = guard;
    const claim = new NotifyClaim(words);
    const lock = SharedMutexGuard.suspend(caller, guard);
    claim.watch(lock);
    this.#lockWords = lock.words;
    this.#waitsFor = new Awaiting(caller, claim);
  }

  /** Answers, with the lock held, whether there was a notification before the time was up. */
  poll(waker: Waker, timeIsUp: boolean): boolean | Pending {
    if (this.#notified === undefined) {
      const isPending = this.#waitsFor.poll(waker) === PENDING;
      if (isPending && !timeIsUp) return PENDING;
      if (isPending) this.#waitsFor.leave();
      this.#notified = !isPending;
      this.#waitsFor = new Awaiting(this.#caller, new LockClaim(this.#lockWords));
    }
    if (this.#waitsFor.poll(waker) === PENDING) return PENDING;
    SharedMutexGuard.resume(this.#caller, this.#guard);
    return this.#notified;
  }

  leave(): boolean {
    return this.#waitsFor.leave();
  }
}
