import { isThenable } from '../base/thenable.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Awaiting } from './awaiting.js';
import { LockClaim, poison } from './lock-word.js';
import { SharedMutexGuard } from './shared-mutex-guard.js';

/** Waits for the lock of a `SharedMutex`, and makes the guard. */
export class Locking<T> implements Pollable<SharedMutexGuard<T>> {
  readonly caller: string;
  readonly #awaiting: Awaiting;
  readonly #data: T;
  readonly #evenPoisoned: boolean;

  constructor(caller: string, words: Int32Array, data: T, evenPoisoned: boolean) {
    this.caller = caller;
    this.#awaiting = new Awaiting(`${caller}()`, new LockClaim(words));
    this.#data = data;
    this.#evenPoisoned = evenPoisoned;
  }

  get what(): string {
    return this.#awaiting.what;
  }

  poll(waker: Waker): SharedMutexGuard<T> | Pending {
    if (this.#awaiting.poll(waker) === PENDING) return PENDING;
    const { words } = this.#awaiting.claim;
    return new SharedMutexGuard(this.caller, words, this.#data, this.#evenPoisoned);
  }

  leave(): boolean {
    return this.#awaiting.leave();
  }
}

/** Locks, calls a function and unlocks. */
export class Calling<T, R> implements Pollable<R> {
  readonly #locking: Locking<T>;
  readonly #fn: (value: T) => R;
  readonly #words: Int32Array;

  constructor(locking: Locking<T>, fn: (value: T) => R, words: Int32Array) {
    this.#locking = locking;
    this.#fn = fn;
    this.#words = words;
  }

  get what(): string {
    return this.#locking.what;
  }

  poll(waker: Waker): R | Pending {
    const guard = this.#locking.poll(waker);
    return guard === PENDING ? PENDING : callLocked(this.#locking.caller, guard, this.#fn, this.#words);
  }

  leave(): boolean {
    return this.#locking.leave();
  }
}

/** Calls `fn` with what the guard guards, and unlocks. A throw poisons, and is thrown on. */
export function callLocked<T, R>(
  caller: string,
  guard: SharedMutexGuard<T>,
  fn: (value: T) => R,
  words: Int32Array,
): R {
  let returned: R;
  try {
    returned = fn(guard.value);
  } catch (thrown) {
    poison(words);
    throw thrown;
  } finally {
    guard[Symbol.dispose]();
  }
  if (isThenable(returned)) {
    throw new TypeError(
      `${caller}: the function gave a promise, and what is done in it later is done without the lock. Take a guard with lock(), and unlock it in a finally.`,
    );
  }
  return returned;
}
