import { lend } from '../base/lent.js';
import { addHolding, type Holding, removeHolding } from './holdings.js';
import { isPoisoned, letGo, poison } from './lock-word.js';
import { PoisonError } from './poison-error.js';

const HELD = 0;
const UNLOCKED = 1;
/** Let go for a `wait` of a condvar, which takes it again, or was left before it could. */
const WAITING = 2;

/**
 * Says that this thread holds a `SharedMutex`, and gives what the mutex guards.
 *
 * It stays on its thread: it cannot be sent, and so it is unlocked where it was locked. JavaScript has no drop: a
 * guard that nobody unlocks keeps the lock until its thread ends, and then the lock is poisoned.
 *
 * Source: `std::sync::MutexGuard`.
 *
 * @example
 * const balance = new SharedMutex(new Int32Array(new SharedArrayBuffer(4)));
 * const guard = await balance.lock();
 * guard.value[0] = 100;
 * guard.unlock();
 * console.log(await balance.withLock((words) => words[0])); // 100
 */
export class SharedMutexGuard<T> implements Holding {
  readonly #words: Int32Array;
  readonly #data: T;
  readonly #evenPoisoned: boolean;
  #state: typeof HELD | typeof UNLOCKED | typeof WAITING = HELD;

  /** Not for programs. */
  place = 0;

  /** Not for programs: a `SharedMutex` makes it, when it holds the lock. Throws when that is poisoned, and lets go. */
  constructor(caller: string, words: Int32Array, data: T, evenPoisoned: boolean) {
    this.#words = words;
    this.#data = data;
    this.#evenPoisoned = evenPoisoned;
    if (isPoisoned(words) && !evenPoisoned) {
      letGo(words);
      throw new PoisonError(caller);
    }
    addHolding(this);
  }

  /** What the mutex guards: the memory that it was made with. Throws an `Error` once the guard was unlocked. */
  get value(): T {
    if (this.#state !== HELD) throw notHeld('sharedMutexGuard.value', this.#state);
    return this.#data;
  }

  /**
   * Gives the lock back; somebody who waits is woken. In Rust it is the drop.
   *
   * Throws an `Error` when it was given back before: whatever was done since was done without the lock. After a
   * `wait` of a condvar that threw or was aborted there is nothing to give back, and nothing happens.
   */
  unlock(): void {
    if (this.#state === UNLOCKED) throw notHeld('sharedMutexGuard.unlock', UNLOCKED);
    this[Symbol.dispose]();
  }

  /** As `unlock()`, for `using`; of a guard that was unlocked before, it does nothing. */
  [Symbol.dispose](): void {
    const state = this.#state;
    this.#state = UNLOCKED;
    if (state !== HELD) return;
    removeHolding(this);
    letGo(this.#words);
  }

  /** Not for programs: this thread ends. */
  abandon(): void {
    // A handler of the exit that comes later may still unlock it.
    this.#state = UNLOCKED;
    poison(this.#words);
    letGo(this.#words);
  }

  /** Not for programs: lets go for a `wait`, and gives the lock. */
  static suspend(caller: string, guard: SharedMutexGuard<unknown>): SuspendedLock {
    if (guard.#state !== HELD) throw notHeld(caller, guard.#state);
    guard.#state = WAITING;
    removeHolding(guard);
    letGo(guard.#words);
    return { words: guard.#words, evenPoisoned: guard.#evenPoisoned };
  }

  /** Not for programs: the lock was taken again. Throws when it is poisoned by now, and lets go. */
  static resume(caller: string, guard: SharedMutexGuard<unknown>): void {
    const state = guard.#state;
    if (state === UNLOCKED || (isPoisoned(guard.#words) && !guard.#evenPoisoned)) {
      letGo(guard.#words);
      throw state === UNLOCKED ? notHeld(caller, state) : new PoisonError(caller);
    }
    guard.#state = HELD;
    addHolding(guard);
  }

  /** Not for programs. */
  static isGuard(value: unknown): value is SharedMutexGuard<unknown> {
    return typeof value === 'object' && value !== null && #words in value;
  }
}

lend(SharedMutexGuard);

/** What a guard let go of. */
export interface SuspendedLock {
  readonly words: Int32Array;
  readonly evenPoisoned: boolean;
}

function notHeld(caller: string, state: typeof UNLOCKED | typeof WAITING): Error {
  return new Error(
    state === UNLOCKED
      ? `${caller}: this guard was unlocked before. Lock the mutex again.`
      : `${caller}: this guard is waiting for a condvar, and holds no lock meanwhile.`,
  );
}
