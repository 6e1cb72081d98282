import { lend } from '../../base/lent.js';
import { type Locked, notHeld } from './locked.js';

/**
 * Says that its task holds a `Mutex`, and gives what the mutex guards.
 *
 * It may be held over an `await` or a `yield*`: that is what this mutex is for. JavaScript has no drop: a guard that
 * nobody releases keeps the lock for ever, so release it in a `finally`, or take it with `using`.
 *
 * Source: `tokio::sync::MutexGuard`.
 *
 * @example
 * const mutex = new Mutex({ balance: 100 });
 * const withdraw = function* (amount: number) {
 *   const account = yield* mutex.lock();
 *   try {
 *     const { balance } = account.value;
 *     yield* sleep(1); // nobody changes it meanwhile
 *     account.value = { balance: balance - amount };
 *   } finally {
 *     account.release();
 *   }
 * };
 * await join(withdraw(1), withdraw(2));
 * console.log((await mutex.lock()).value.balance); // 97
 */
export class MutexGuard<T> {
  #locked: Locked<T> | undefined;

  /** Not for programs: a `Mutex` makes it. */
  constructor(locked: Locked<T>) {
    this.#locked = locked;
  }

  /** What the mutex guards; may be set. Throws a `TypeError` once the guard was released. */
  get value(): T {
    if (this.#locked === undefined) throw notHeld('mutexGuard.value');
    return this.#locked.value;
  }

  set value(value: T) {
    if (this.#locked === undefined) throw notHeld('mutexGuard.value');
    this.#locked.value = value;
  }

  /** Gives the lock back: the next in line has it. Again, it does nothing. In Rust it is the drop. */
  release(): void {
    const locked = this.#locked;
    this.#locked = undefined;
    locked?.pool.give(1);
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}

lend(MutexGuard);
