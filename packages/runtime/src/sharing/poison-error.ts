import { registerClass } from '../wire/register-class.js';

/**
 * Is thrown to who wants a lock whose holder did not come to the end: its thread ended, or its function threw.
 *
 * Who gets it does not hold the lock. What the lock guards may be half done, so nobody is given it any more until
 * somebody has taken the lock with `{ evenPoisoned: true }`, made it whole, and called `clearPoison()`.
 *
 * Source: `std::sync::PoisonError`, which holds the guard: Rust drops it with the error, and JavaScript would not.
 *
 * @example
 * const balance = new SharedMutex(new Int32Array(new SharedArrayBuffer(4)));
 * const failed = thread.spawn((balance) => {
 *   balance.blockingWithLock(() => {
 *     throw new Error('half done');
 *   });
 * }, balance);
 * console.log((await failed).ok); // false
 * try {
 *   await balance.lock();
 * } catch (error) {
 *   console.log(error instanceof PoisonError); // true
 * }
 */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
  readonly code = 'ERR_POISONED';

  /** Not for programs: a lock makes it. */
  constructor(caller: string) {
    super(`${caller}: poisoned, since a thread ended or a function threw while it held the lock`);
  }
}
registerClass(PoisonError, 'heddle.PoisonError');
