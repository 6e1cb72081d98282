import { checkCount } from '../../base/check-count.js';
import { checkOptionKeys } from '../../base/check-option-keys.js';
import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { Acquiring, type Grant } from '../semaphore/acquiring.js';
import { PermitPool } from '../semaphore/permit-pool.js';
import type { Locked } from './locked.js';
import { RwLockReadGuard } from './rw-lock-read-guard.js';
import { RwLockWriteGuard } from './rw-lock-write-guard.js';

/** How an `RwLock` is made. */
export interface RwLockOptions {
  /** How many may read at a time: a whole number from 1 to 2 ** 29 - 1, which is the default. */
  readonly maxReaders?: number;
}

/**
 * Guards a value that many tasks may read at a time, and one alone may change.
 *
 * Who waits is served strictly in turn, readers and writers in one line: a writer waits for those who read, and who
 * wants to read after him waits for him. So neither starves the other. And so a task that reads and wants to read once
 * more may wait for itself, when a writer has come in between.
 *
 * It is not poisoned: see `Mutex`. Source: `tokio::sync::RwLock`.
 *
 * @example
 * const config = new RwLock({ retries: 3 });
 * const readers = [1, 2].map(() =>
 *   spawn(function* () {
 *     const guard = yield* config.read();
 *     try {
 *       yield* sleep(1);
 *       return guard.value.retries;
 *     } finally {
 *       guard.release();
 *     }
 *   }),
 * );
 * const guard = await config.write();
 * guard.value = { retries: 5 };
 * guard.release();
 * for (const reader of readers) console.log((await reader).unwrap());
 */
export class RwLock<T> {
  readonly #locked: Locked<T>;
  readonly #permits: number;
  readonly #reading: Grant<RwLockReadGuard<T>>;
  readonly #writing: Grant<RwLockWriteGuard<T>>;

  /**
   * Guards `value`, which is then reached through a guard alone.
   *
   * Throws a `TypeError` or `RangeError` for an option that is none. Source: `RwLock::new`, `with_max_readers`.
   */
  constructor(value: T, options: RwLockOptions = {}) {
    checkOptionKeys('RwLock', options, KNOWN);
    const { maxReaders = MOST_READERS } = options;
    checkCount('RwLock', 'maxReaders', maxReaders, 1, MOST_READERS);
    const locked: Locked<T> = { value, pool: new PermitPool(maxReaders) };
    this.#locked = locked;
    this.#permits = maxReaders;
    this.#reading = { what: () => 'rwLock.read()', make: () => new RwLockReadGuard(locked) };
    this.#writing = {
      what: () => 'rwLock.write()',
      make: (permits) => new RwLockWriteGuard(locked, permits),
    };
  }

  /**
   * Waits until nobody writes, nor came to write before, and gives a guard for reading.
   *
   * Abort withdraws: what was handed over already goes to the next. Source: `RwLock::read`.
   */
  read(): Op<RwLockReadGuard<T>> {
    return new Operation(new Acquiring(this.#locked.pool, 1, this.#reading));
  }

  /**
   * Waits until nobody reads or writes, and gives the guard for writing.
   *
   * Abort withdraws, and lets those in who waited behind it. Source: `RwLock::write`.
   */
  write(): Op<RwLockWriteGuard<T>> {
    return new Operation(new Acquiring(this.#locked.pool, this.#permits, this.#writing));
  }

  /** Reads at once, unless somebody writes or waits to. Source: `RwLock::try_read`. */
  tryRead(): Result<RwLockReadGuard<T>, 'locked'> {
    return this.#locked.pool.tryTake(1) ? Ok(new RwLockReadGuard(this.#locked)) : LOCKED;
  }

  /** Writes at once, if nobody else reads, writes or waits. Source: `RwLock::try_write`. */
  tryWrite(): Result<RwLockWriteGuard<T>, 'locked'> {
    const { pool } = this.#locked;
    return pool.tryTake(this.#permits) ? Ok(new RwLockWriteGuard(this.#locked, this.#permits)) : LOCKED;
  }
}

/** tokio's own limit. */
const MOST_READERS = 2 ** 29 - 1;
const KNOWN: ReadonlySet<string> = new Set<keyof RwLockOptions>(['maxReaders']);
const LOCKED = Err('locked' as const);
