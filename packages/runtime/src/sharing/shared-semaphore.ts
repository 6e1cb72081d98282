import { checkCount } from '../base/check-count.js';
import { checkMs } from '../base/check-ms.js';
import { Err, Ok, type Result } from '../base/result.js';
import { checkMayBlock } from '../task/check-may-block.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { registerClass } from '../wire/register-class.js';
import { AcquiringShared } from './acquiring-shared.js';
import { blockOn } from './block-on.js';
import {
  addPermits,
  freePermits,
  MOST_PERMITS,
  PermitClaim,
  SEMAPHORE_WORDS,
  tryTakePermits,
} from './permit-words.js';
import { fromClone, newWords, SEMAPHORE } from './shared-object.js';
import { SharedSemaphorePermit } from './shared-semaphore-permit.js';

/**
 * Holds a number of permits, which threads take and give back: at most so many do something at a time.
 *
 * It is sent to threads like a `SharedMutex`, awaited with `acquire()` and blocked upon with `blockingAcquire()`.
 *
 * The permits of a thread that ends come back, however it ends, as they do in Rust when a panic drops them: they
 * guard no data that could be half done, and so there is nothing to poison. On Linux those of a thread that was
 * terminated or ran out of memory come back when somebody waits for them; elsewhere those do not.
 *
 * No order is promised among those who wait: who needs one permit may overtake who needs many. Source:
 * `tokio::sync::Semaphore`, of which this is the part that makes sense between threads.
 *
 * @example
 * const disk = new SharedSemaphore(2);
 * const handles = [1, 2, 3].map((n) =>
 *   thread.spawn((disk, n) => {
 *     const permit = disk.blockingAcquire();
 *     try {
 *       return n; // here are two threads at most
 *     } finally {
 *       permit.release();
 *     }
 *   }, disk, n),
 * );
 * for (const handle of handles) console.log((await handle).unwrap());
 */
export class SharedSemaphore {
  // No private fields: see SharedMutex.
  private readonly words: Int32Array;

  /** Throws a `TypeError` or `RangeError` unless `permits` is a whole number from 0 to 2 ** 29 - 1. */
  constructor(permits: number) {
    checkCount('SharedSemaphore', 'permits', permits, 0, MOST_PERMITS);
    this.words = newWords(SEMAPHORE, SEMAPHORE_WORDS);
    addPermits(this.words, permits);
  }

  /** Makes the semaphore again of what a plain `Worker` got: see `SharedMutex.from`. */
  static from(clone: unknown): SharedSemaphore {
    return fromClone('SharedSemaphore.from', SharedSemaphore, SEMAPHORE, clone);
  }

  /**
   * Waits for `count` permits, and gives them as one. It takes them all at once, or none.
   *
   * Abort withdraws, and loses no permit. More than there will ever be is waited for for ever, since permits can be
   * added. Throws a `TypeError` or `RangeError` unless `count` is a whole number from 1 to 2 ** 29 - 1.
   */
  acquire(count = 1): Op<SharedSemaphorePermit> {
    checkPermits('sharedSemaphore.acquire', count);
    return new Operation(new AcquiringShared('sharedSemaphore.acquire', this.words, count));
  }

  /** As `acquire`, by blocking this OS thread: see `SharedMutex.blockingLock` for where that is refused. */
  blockingAcquire(count = 1): SharedSemaphorePermit {
    return this.block('sharedSemaphore.blockingAcquire', count, Number.POSITIVE_INFINITY).unwrap();
  }

  /** Takes `count` permits if all of them are free, without waiting; else none. */
  tryAcquire(count = 1): Result<SharedSemaphorePermit, 'no permits'> {
    checkPermits('sharedSemaphore.tryAcquire', count);
    return tryTakePermits(this.words, count) ? Ok(new SharedSemaphorePermit(this.words, count)) : NO_PERMITS;
  }

  /** Waits as `blockingAcquire`, `timeoutMs` milliseconds at most. */
  tryAcquireFor(timeoutMs: number, count = 1): Result<SharedSemaphorePermit, 'no permits'> {
    checkMs('sharedSemaphore.tryAcquireFor', 'timeoutMs', timeoutMs);
    return this.block('sharedSemaphore.tryAcquireFor', count, timeoutMs);
  }

  /** Adds permits. Throws a `RangeError` when there would be more than 2 ** 29 - 1. */
  addPermits(count: number): void {
    checkCount('sharedSemaphore.addPermits', 'count', count, 0, MOST_PERMITS);
    if (addPermits(this.words, count)) return;
    throw new RangeError(`sharedSemaphore.addPermits: ${count} more would be over ${MOST_PERMITS} permits`);
  }

  /** How many permits are free at this moment. */
  availablePermits(): number {
    return freePermits(this.words);
  }

  private block(
    caller: string,
    count: number,
    timeoutMs: number,
  ): Result<SharedSemaphorePermit, 'no permits'> {
    checkPermits(caller, count);
    checkMayBlock(caller, 'sharedSemaphore.acquire()');
    if (!blockOn(new PermitClaim(this.words, count), timeoutMs)) return NO_PERMITS;
    return Ok(new SharedSemaphorePermit(this.words, count));
  }
}
registerClass(SharedSemaphore, 'heddle.SharedSemaphore');

const NO_PERMITS = Err('no permits' as const);

function checkPermits(caller: string, count: number): void {
  checkCount(caller, 'count', count, 1, MOST_PERMITS);
}

declare module '../wire/send-check.js' {
  interface RegisteredClasses {
    readonly 'heddle.SharedSemaphore': SharedSemaphore;
  }
}
