import { types } from 'node:util';
import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { Err, Ok, type Result } from '../base/result.js';
import { safeInspect } from '../base/safe-inspect.js';
import { checkMayBlock } from '../task/check-may-block.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { registerClass } from '../wire/register-class.js';
import { blockOn } from './block-on.js';
import { isOwn, isPoisoned, LOCK_WORDS, LockClaim, tryTake, unpoison } from './lock-word.js';
import { Calling, callLocked, Locking } from './locking.js';
import { PoisonError } from './poison-error.js';
import { SharedMutexGuard } from './shared-mutex-guard.js';
import { fromClone, MUTEX, newWords } from './shared-object.js';

/** What a `SharedMutex` can guard: memory that is the same on every thread, or a view of it. */
export type SharedData = SharedArrayBuffer | ArrayBufferView;

/** How to lock. */
export interface LockOptions {
  /**
   * Locks a mutex that is poisoned too, instead of throwing a `PoisonError`: for who makes the data whole again and
   * then calls `clearPoison()`. The default is `false`.
   */
  readonly evenPoisoned?: boolean;
}

/**
 * Guards memory that threads share: one of them at a time holds the lock.
 *
 * It is sent to a thread as an argument, or given back as a result, and is the same mutex there. Await `lock()`
 * where there are other tasks, on the main thread always; `blockingLock()` is for a thread that has nothing else
 * to do, and is several times faster.
 *
 * **Poison.** A thread that ends while it holds the lock, however it ends, poisons it: whoever waits for it, and
 * whoever comes, gets a `PoisonError` instead of data that are half done. So does a function given to `withLock`
 * that throws. A guard that is unlocked in a `finally` does not poison. A thread that was terminated is noticed
 * within about 50 milliseconds, on Linux alone; see docs/sharing.md for the others.
 *
 * No order is promised among those who wait, and no bound: who comes while the lock is free takes it. No wake-up is
 * lost. It is not reentrant. Source: `std::sync::Mutex`.
 *
 * @example
 * const counter = new SharedMutex(new Int32Array(new SharedArrayBuffer(4)));
 * const handles = [1, 2].map(() =>
 *   thread.spawn((counter) => {
 *     const addOne = (words) => {
 *       words[0] += 1;
 *     };
 *     for (let n = 0; n < 1_000; n += 1) counter.blockingWithLock(addOne);
 *   }, counter),
 * );
 * await join(...handles);
 * console.log(await counter.withLock((words) => words[0])); // 2000
 */
export class SharedMutex<T extends SharedData | undefined = undefined> {
  // No private fields: a mutex that crosses is made again of its own properties, without its constructor.
  private readonly words: Int32Array;
  private readonly data: T;

  /**
   * Throws a `TypeError` unless `data` is a `SharedArrayBuffer`, a view of one, or left out: anything else would be
   * copied to each thread.
   */
  constructor(data?: T) {
    checkShared(data);
    this.words = newWords(MUTEX, LOCK_WORDS);
    this.data = data as T;
  }

  /**
   * Makes the mutex again of what a plain `Worker` got: `SharedMutex.from(workerData.mutex)`.
   *
   * For `workerData` and `postMessage` of Node's own, which leave the class out. Threads of `thread.spawn` get the
   * mutex itself. Throws a `TypeError` when it is something else.
   */
  static from<T extends SharedData | undefined = undefined>(clone: unknown): SharedMutex<T> {
    return fromClone<SharedMutex<T>>('SharedMutex.from', SharedMutex, MUTEX, clone);
  }

  /**
   * Waits for the lock, and gives the guard. The thread goes on with other tasks meanwhile.
   *
   * Abort withdraws: a lock that had come goes to the next. Throws a `PoisonError`; then the lock is not held.
   */
  lock(options?: LockOptions): Op<SharedMutexGuard<T>> {
    return new Operation(this.locking('sharedMutex.lock', options));
  }

  /**
   * Waits for the lock by blocking this OS thread, and gives the guard.
   *
   * Throws a `PoisonError`; an `Error` on the main thread, on a thread that has other tasks, which would not run
   * meanwhile, and where this thread holds the lock itself. An abort does not end it; a termination does. Source:
   * `Mutex::lock`.
   */
  blockingLock(options?: LockOptions): SharedMutexGuard<T> {
    const locked = this.block('sharedMutex.blockingLock', Number.POSITIVE_INFINITY, options);
    return locked.unwrap();
  }

  /** Takes the lock if it is free, without waiting. Source: `Mutex::try_lock`. */
  tryLock(options?: LockOptions): Result<SharedMutexGuard<T>, 'locked' | PoisonError> {
    const evenPoisoned = checkLockOptions('sharedMutex.tryLock', options);
    if (!tryTake(this.words)) return LOCKED;
    return this.guarded('sharedMutex.tryLock', evenPoisoned);
  }

  /**
   * Waits for the lock as `blockingLock()`, `timeoutMs` milliseconds at most.
   *
   * To await it for so long, there is `timeout(timeoutMs, mutex.lock())`. Source: `parking_lot::Mutex::try_lock_for`.
   */
  tryLockFor(timeoutMs: number, options?: LockOptions): Result<SharedMutexGuard<T>, 'locked' | PoisonError> {
    checkMs('sharedMutex.tryLockFor', 'timeoutMs', timeoutMs);
    return this.block('sharedMutex.tryLockFor', timeoutMs, options);
  }

  /**
   * Waits for the lock, calls `fn` with what is guarded, unlocks and gives what `fn` returned.
   *
   * `fn` is a plain function, so that nothing else of this thread runs inside; one that gives a promise is refused
   * with a `TypeError`. A throw of it is thrown on and poisons the mutex, as a panic does in std.
   */
  withLock<R>(fn: (value: T) => R): Op<R> {
    checkFunction('sharedMutex.withLock', fn);
    const locking = this.locking('sharedMutex.withLock', undefined);
    return new Operation(new Calling(locking, fn, this.words));
  }

  /** As `withLock`, by blocking this OS thread: see `blockingLock`. */
  blockingWithLock<R>(fn: (value: T) => R): R {
    const caller = 'sharedMutex.blockingWithLock';
    checkFunction(caller, fn);
    const guard = this.block(caller, Number.POSITIVE_INFINITY, undefined).unwrap();
    return callLocked(caller, guard, fn, this.words);
  }

  /** Whether it is poisoned at this moment. Source: `Mutex::is_poisoned`. */
  isPoisoned(): boolean {
    return isPoisoned(this.words);
  }

  /**
   * Lets everybody lock it again. Call it while holding a guard taken with `{ evenPoisoned: true }`, when the data
   * are whole. Source: `Mutex::clear_poison`.
   */
  clearPoison(): void {
    unpoison(this.words);
  }

  private locking(caller: string, options: LockOptions | undefined): Locking<T> {
    return new Locking(caller, this.words, this.data, checkLockOptions(caller, options));
  }

  private block(
    caller: string,
    timeoutMs: number,
    options: LockOptions | undefined,
  ): Result<SharedMutexGuard<T>, 'locked' | PoisonError> {
    const evenPoisoned = checkLockOptions(caller, options);
    checkMayBlock(caller, 'sharedMutex.lock()');
    if (!tryTake(this.words)) {
      if (isOwn(this.words)) throw waitsForItself(caller);
      if (!blockOn(new LockClaim(this.words), timeoutMs)) return LOCKED;
    }
    return this.guarded(caller, evenPoisoned);
  }

  private guarded(caller: string, evenPoisoned: boolean): Result<SharedMutexGuard<T>, PoisonError> {
    try {
      return Ok(new SharedMutexGuard(caller, this.words, this.data, evenPoisoned));
    } catch (error) {
      if (error instanceof PoisonError) return Err(error);
      throw error;
    }
  }
}
registerClass(SharedMutex, 'heddle.SharedMutex');

const LOCKED = Err('locked' as const);

function checkShared(data: unknown): void {
  if (data === undefined || types.isSharedArrayBuffer(data)) return;
  if (ArrayBuffer.isView(data) && types.isSharedArrayBuffer(data.buffer)) return;
  throw new TypeError(
    `SharedMutex: expected a SharedArrayBuffer or a view of one, got ${safeInspect(data, 100)}. Anything else would be copied to each thread.`,
  );
}

const LOCK_OPTIONS: ReadonlySet<string> = new Set(['evenPoisoned'] satisfies (keyof LockOptions)[]);

function checkLockOptions(caller: string, options: LockOptions | undefined): boolean {
  if (options === undefined) return false;
  checkOptionKeys(caller, options, LOCK_OPTIONS);
  const evenPoisoned: unknown = options.evenPoisoned ?? false;
  if (typeof evenPoisoned !== 'boolean') {
    throw new TypeError(
      `${caller}: evenPoisoned must be true or false, got ${safeInspect(evenPoisoned, 100)}`,
    );
  }
  return evenPoisoned;
}

function checkFunction(caller: string, fn: unknown): void {
  if (typeof fn !== 'function') {
    throw new TypeError(`${caller}: expected a function, got ${safeInspect(fn, 100)}`);
  }
}

function waitsForItself(caller: string): Error {
  return new Error(`${caller}: this thread holds the lock already, and would wait for itself.`);
}

declare module '../wire/send-check.js' {
  interface RegisteredClasses {
    readonly 'heddle.SharedMutex': SharedMutex<SharedData | undefined>;
  }
}
