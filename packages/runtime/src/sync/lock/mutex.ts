import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { Acquiring, type Grant } from '../semaphore/acquiring.js';
import { PermitPool } from '../semaphore/permit-pool.js';
import type { Locked } from './locked.js';
import { MutexGuard } from './mutex-guard.js';

/**
 * Guards a value that tasks change over several steps: one of them at a time holds the lock.
 *
 * Between two awaits no other task of this thread runs, so a change that waits for nothing needs no mutex. One that
 * reads, waits and then writes does. Who waits is served strictly in turn: the lock that is given back goes to who
 * came first, and nobody who comes later can slip in between.
 *
 * It is not reentrant: a task that locks it twice waits for itself. It is not poisoned: when a holder panics, and its
 * `finally` gives the lock back, the next one finds the value as it was left. Threads need a `SharedMutex`.
 *
 * Source: `tokio::sync::Mutex`.
 *
 * @example
 * const counter = new Mutex(0);
 * const tasks = [1, 2, 3].map(() =>
 *   spawn(async () => {
 *     const guard = await counter.lock();
 *     try {
 *       const before = guard.value;
 *       await sleep(1);
 *       guard.value = before + 1;
 *     } finally {
 *       guard.release();
 *     }
 *   }),
 * );
 * await join(...tasks);
 * console.log(counter.tryLock().unwrap().value); // 3
 */
export class Mutex<T> {
  readonly #locked: Locked<T>;
  readonly #grant: Grant<MutexGuard<T>>;

  /** Guards `value`, which is then reached through a guard alone. */
  constructor(value: T) {
    const locked: Locked<T> = { value, pool: new PermitPool(1) };
    this.#locked = locked;
    this.#grant = { what, make: () => new MutexGuard(locked) };
  }

  /**
   * Waits for the lock, and gives the guard that holds it.
   *
   * Abort withdraws: a lock that was handed over already, though the task did not run since, goes to the next. Source:
   * `Mutex::lock`.
   */
  lock(): Op<MutexGuard<T>> {
    return new Operation(new Acquiring(this.#locked.pool, 1, this.#grant));
  }

  /** Takes the lock if nobody holds it and nobody waits for it, without waiting. Source: `Mutex::try_lock`. */
  tryLock(): Result<MutexGuard<T>, 'locked'> {
    return this.#locked.pool.tryTake(1) ? Ok(new MutexGuard(this.#locked)) : LOCKED;
  }
}

const LOCKED = Err('locked' as const);
const what = (): string => 'mutex.lock()';
