import { checkMs } from '../base/check-ms.js';
import { safeInspect } from '../base/safe-inspect.js';
import { checkMayBlock } from '../task/check-may-block.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { registerClass } from '../wire/register-class.js';
import { blockInWait, type CondvarWait, CondvarWaiting } from './condvar-waiting.js';
import { CONDVAR_WORDS, notify } from './notify-word.js';
import { SharedMutexGuard } from './shared-mutex-guard.js';
import { CONDVAR, fromClone, newWords } from './shared-object.js';

/** Whether the time was up before what was waited for. Source: `std::sync::WaitTimeoutResult`. */
export interface WaitTimeoutResult {
  readonly timedOut: boolean;
}

/**
 * Lets threads wait, with a mutex unlocked, until another thread says that what the mutex guards has changed.
 *
 * Each wait takes the guard of a `SharedMutex`, lets go of its lock, waits for a notification, and takes the lock
 * again: afterwards the same guard holds it. No notification is lost that comes after the unlock. A wait may end
 * without one, and so a condition has to be asked again: `waitWhile` does.
 *
 * When a thread dies while it holds the mutex, those who wait here get the mutex's `PoisonError`, since who would
 * have notified them may be gone. A thread that dies without the lock and without a word is not noticed, as in std:
 * that is what the time limits are for.
 *
 * It is sent to threads like a `SharedMutex`. Use one condvar with one mutex. Source: `std::sync::Condvar`.
 *
 * @example
 * const queue = { mutex: new SharedMutex(new Int32Array(new SharedArrayBuffer(4))), filled: new SharedCondvar() };
 * const consumer = thread.spawn(({ mutex, filled }) => {
 *   const guard = filled.blockingWaitWhile(mutex.blockingLock(), (words) => words[0] === 0);
 *   try {
 *     return guard.value[0];
 *   } finally {
 *     guard.unlock();
 *   }
 * }, queue);
 * await queue.mutex.withLock((words) => words.fill(7));
 * queue.filled.notifyOne();
 * console.log((await consumer).unwrap()); // 7
 */
export class SharedCondvar {
  // No private fields: see SharedMutex.
  private readonly words: Int32Array;

  constructor() {
    this.words = newWords(CONDVAR, CONDVAR_WORDS);
  }

  /** Makes the condvar again of what a plain `Worker` got: see `SharedMutex.from`. */
  static from(clone: unknown): SharedCondvar {
    return fromClone('SharedCondvar.from', SharedCondvar, CONDVAR, clone);
  }

  /**
   * Waits for a notification, and gives the guard, which holds the lock again.
   *
   * Abort withdraws: a notification that had come is passed on, and the guard holds nothing, so that unlocking it in
   * a `finally` is right and does nothing. The same when it throws a `PoisonError`. Source: `Condvar::wait`.
   */
  wait<T>(guard: SharedMutexGuard<T>): Op<SharedMutexGuard<T>> {
    const wait = this.over('sharedCondvar.wait', guard);
    return new Operation(new CondvarWaiting(wait, () => guard));
  }

  /**
   * Waits for as long as `condition` gives true for what the mutex guards. It is asked with the lock held, at first
   * and after each notification. As `wait` for the rest. Source: `Condvar::wait_while`.
   */
  waitWhile<T>(guard: SharedMutexGuard<T>, condition: (value: T) => boolean): Op<SharedMutexGuard<T>> {
    const wait = this.over('sharedCondvar.waitWhile', guard, { condition });
    return new Operation(new CondvarWaiting(wait, () => guard));
  }

  /**
   * Waits for a notification, `timeoutMs` milliseconds at most, counted from its first use.
   *
   * Taking the lock again may take longer. Afterwards the guard holds it in either case. Source:
   * `Condvar::wait_timeout`.
   */
  waitTimeout<T>(guard: SharedMutexGuard<T>, timeoutMs: number): Op<WaitTimeoutResult> {
    const wait = this.over('sharedCondvar.waitTimeout', guard, { timeoutMs });
    return new Operation(new CondvarWaiting(wait, result));
  }

  /**
   * Waits for as long as `condition` gives true, `timeoutMs` milliseconds at most.
   *
   * `timedOut` says that it was still true when the time was up. Source: `Condvar::wait_timeout_while`.
   */
  waitTimeoutWhile<T>(
    guard: SharedMutexGuard<T>,
    timeoutMs: number,
    condition: (value: T) => boolean,
  ): Op<WaitTimeoutResult> {
    const wait = this.over('sharedCondvar.waitTimeoutWhile', guard, { timeoutMs, condition });
    return new Operation(new CondvarWaiting(wait, result));
  }

  /** As `wait`, by blocking this OS thread: see `SharedMutex.blockingLock` for where that is refused. */
  blockingWait<T>(guard: SharedMutexGuard<T>): SharedMutexGuard<T> {
    this.block(this.over('sharedCondvar.blockingWait', guard), 'wait(guard)');
    return guard;
  }

  /** As `waitWhile`, by blocking this OS thread. */
  blockingWaitWhile<T>(guard: SharedMutexGuard<T>, condition: (value: T) => boolean): SharedMutexGuard<T> {
    const wait = this.over('sharedCondvar.blockingWaitWhile', guard, { condition });
    this.block(wait, 'waitWhile(guard, condition)');
    return guard;
  }

  /** As `waitTimeout`, by blocking this OS thread. */
  blockingWaitTimeout<T>(guard: SharedMutexGuard<T>, timeoutMs: number): WaitTimeoutResult {
    const wait = this.over('sharedCondvar.blockingWaitTimeout', guard, { timeoutMs });
    return result(this.block(wait, 'waitTimeout(guard, timeoutMs)'));
  }

  /** As `waitTimeoutWhile`, by blocking this OS thread. */
  blockingWaitTimeoutWhile<T>(
    guard: SharedMutexGuard<T>,
    timeoutMs: number,
    condition: (value: T) => boolean,
  ): WaitTimeoutResult {
    const wait = this.over('sharedCondvar.blockingWaitTimeoutWhile', guard, { timeoutMs, condition });
    return result(this.block(wait, 'waitTimeoutWhile(guard, timeoutMs, condition)'));
  }

  /**
   * Wakes one of those who wait, if anybody does; perhaps more. Of tasks that wait on one thread, all are woken.
   *
   * Change what the mutex guards first, with the lock held. Source: `Condvar::notify_one`.
   */
  notifyOne(): void {
    notify(this.words, 1);
  }

  /** Wakes all who wait at this moment. Source: `Condvar::notify_all`. */
  notifyAll(): void {
    notify(this.words, Number.POSITIVE_INFINITY);
  }

  private over<T>(
    caller: string,
    guard: SharedMutexGuard<T>,
    more: { condition?: (value: T) => boolean; timeoutMs?: number } = {},
  ): CondvarWait<T> {
    if (!SharedMutexGuard.isGuard(guard)) {
      throw new TypeError(`${caller}: expected the guard of a SharedMutex, got ${safeInspect(guard, 100)}`);
    }
    const { timeoutMs = Number.POSITIVE_INFINITY, condition } = more;
    if ('timeoutMs' in more) checkMs(caller, 'timeoutMs', more.timeoutMs);
    if ('condition' in more && typeof condition !== 'function') {
      throw new TypeError(`${caller}: condition must be a function, got ${safeInspect(condition, 100)}`);
    }
    return { caller, words: this.words, guard, condition, timeoutMs };
  }

  private block<T>(wait: CondvarWait<T>, instead: string): boolean {
    checkMayBlock(wait.caller, `sharedCondvar.${instead}`);
    return blockInWait(wait);
  }
}
registerClass(SharedCondvar, 'heddle.SharedCondvar');

function result(timedOut: boolean): WaitTimeoutResult {
  return { timedOut };
}

declare module '../wire/send-check.js' {
  interface RegisteredClasses {
    readonly 'heddle.SharedCondvar': SharedCondvar;
  }
}
