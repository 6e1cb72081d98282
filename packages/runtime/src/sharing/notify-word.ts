import { type Claim, TAKEN } from './claim.js';
import { bury, isPoisoned } from './lock-word.js';
import type { SuspendedLock } from './shared-mutex-guard.js';

/**
 * The word of a `SharedCondvar`: how often it has notified. Who waits has read it while it held the lock, so a
 * notification between its unlock and its sleep has changed the word, and it does not sleep.
 *
 * Whoever finds the word changed is awake, whomever the notification woke: so none is lost with a thread that dies
 * of it, and wake-ups without a cause are possible, as std's are.
 */
export const NOTIFIED = 1;
export const CONDVAR_WORDS = 2;

/** Notifies up to `count` of those who wait. */
export function notify(words: Int32Array, count: number): void {
  Atomics.add(words, NOTIFIED, 1);
  Atomics.notify(words, NOTIFIED, count);
}

/** Wants a notification that comes after it was made; or the news that the lock's holder has died. */
export class NotifyClaim implements Claim {
  readonly words: Int32Array;
  readonly index: number = NOTIFIED;
  readonly #before: number;
  #lock: SuspendedLock | undefined;

  constructor(words: Int32Array) {
    this.words = words;
    this.#before = Atomics.load(words, NOTIFIED);
  }

  /** Says which lock was let go of: who holds it is who will notify. */
  watch(lock: SuspendedLock): void {
    this.#lock = lock;
  }

  attempt(): number | typeof TAKEN {
    const seen = Atomics.load(this.words, NOTIFIED);
    if (seen !== this.#before) return TAKEN;
    const lock = this.#lock;
    return lock !== undefined && !lock.evenPoisoned && isPoisoned(lock.words) ? TAKEN : seen;
  }

  clearDead(): void {
    if (this.#lock !== undefined) bury(this.#lock.words);
  }

  giveBack(): void {
    Atomics.notify(this.words, NOTIFIED, 1);
  }
}
