import { lend } from '../../base/lent.js';
import { type Locked, notHeld } from './locked.js';
import { RwLockReadGuard } from './rw-lock-read-guard.js';

/**
 * Says that its task alone holds an `RwLock`, and may change what that guards.
 *
 * Release it in a `finally`, or take it with `using`: nobody else gets in before. Source:
 * `tokio::sync::RwLockWriteGuard`.
 *
 * @example
 * const lock = new RwLock({ retries: 3 });
 * const guard = await lock.write();
 * try {
 *   guard.value = { retries: 5 };
 * } finally {
 *   guard.release();
 * }
 */
export class RwLockWriteGuard<T> {
  readonly #permits: number;
  #locked: Locked<T> | undefined;

  /** Not for programs: an `RwLock` makes it. */
  constructor(locked: Locked<T>, permits: number) {
    this.#locked = locked;
    this.#permits = permits;
  }

  /** What the lock guards; may be set. Throws a `TypeError` once the guard was released or downgraded. */
  get value(): T {
    if (this.#locked === undefined) throw notHeld('rwLockWriteGuard.value');
    return this.#locked.value;
  }

  set value(value: T) {
    if (this.#locked === undefined) throw notHeld('rwLockWriteGuard.value');
    this.#locked.value = value;
  }

  /**
   * Goes on as a reader, and lets those in who wait to read and stand first in line.
   *
   * No writer gets in between: what is read afterwards is what was written. This guard is spent. Throws a `TypeError`
   * once it was released or downgraded. Source: `RwLockWriteGuard::downgrade`.
   *
   * @example
   * const lock = new RwLock(['a']);
   * const writing = await lock.write();
   * writing.value.push('b');
   * const reading = writing.downgrade();
   * console.log(reading.value.length, lock.tryRead().ok, lock.tryWrite().ok); // 2 true false
   * reading.release();
   */
  downgrade(): RwLockReadGuard<T> {
    const locked = this.#locked;
    if (locked === undefined) throw notHeld('rwLockWriteGuard.downgrade');
    this.#locked = undefined;
    const reading = new RwLockReadGuard(locked);
    locked.pool.give(this.#permits - 1);
    return reading;
  }

  /** Gives back: the next in line get in. Again, it does nothing. In Rust it is the drop. */
  release(): void {
    const locked = this.#locked;
    this.#locked = undefined;
    locked?.pool.give(this.#permits);
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}

lend(RwLockWriteGuard);
