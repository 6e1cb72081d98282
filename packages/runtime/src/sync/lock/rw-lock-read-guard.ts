import { lend } from '../../base/lent.js';
import { type Locked, notHeld } from './locked.js';

/**
 * Says that its task reads what an `RwLock` guards, beside others that read.
 *
 * Release it in a `finally`, or take it with `using`: a writer waits until every reader has. Source:
 * `tokio::sync::RwLockReadGuard`.
 *
 * @example
 * const lock = new RwLock(['a', 'b']);
 * const [first, second] = [await lock.read(), await lock.read()]; // readers do not wait for each other
 * console.log(first.value.length, second.value.length, lock.tryWrite().ok); // 2 2 false
 * first.release();
 * second.release();
 */
export class RwLockReadGuard<T> {
  #locked: Locked<T> | undefined;

  /** Not for programs: an `RwLock` makes it. */
  constructor(locked: Locked<T>) {
    this.#locked = locked;
  }

  /**
   * What the lock guards, which is for reading alone: nothing keeps one from changing what is inside.
   *
   * Throws a `TypeError` once the guard was released.
   */
  get value(): T {
    if (this.#locked === undefined) throw notHeld('rwLockReadGuard.value');
    return this.#locked.value;
  }

  /** Gives back: the last reader lets the next writer in. Again, it does nothing. In Rust it is the drop. */
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

lend(RwLockReadGuard);
