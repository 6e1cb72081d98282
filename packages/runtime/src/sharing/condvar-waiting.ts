import { startTimeout } from '../base/timeout.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { blockOn } from './block-on.js';
import { CondvarRound } from './condvar-round.js';
import { LockClaim } from './lock-word.js';
import { NotifyClaim } from './notify-word.js';
import { SharedMutexGuard } from './shared-mutex-guard.js';

/** One wait for a `SharedCondvar`. */
export interface CondvarWait<T> {
  readonly caller: string;
  readonly words: Int32Array;
  readonly guard: SharedMutexGuard<T>;
  /** Goes on waiting while this holds; without one, a single notification will do. */
  readonly condition: ((value: T) => boolean) | undefined;
  readonly timeoutMs: number;
}

/** Waits by blocking the thread. Answers, with the lock held, whether the time was up first. */
export function blockInWait<T>({ caller, words, guard, condition, timeoutMs }: CondvarWait<T>): boolean {
  const dueMs = performance.now() + timeoutMs;
  while (condition === undefined || condition(guard.value)) {
    const claim = new NotifyClaim(words);
    const lock = SharedMutexGuard.suspend(caller, guard);
    claim.watch(lock);
    const notified = blockOn(claim, dueMs - performance.now());
    blockOn(new LockClaim(lock.words));
    SharedMutexGuard.resume(caller, guard);
    if (condition === undefined) return !notified;
    if (!notified) return condition(guard.value);
  }
  return false;
}

/** Waits without blocking the thread, and gives what `end` makes of whether the time was up first. */
export class CondvarWaiting<T, R> implements Pollable<R> {
  readonly #wait: CondvarWait<T>;
  readonly #end: (timedOut: boolean) => R;
  #round: CondvarRound | undefined;
  #waker: Waker | undefined;
  #timeIsUp = false;
  #stopTimer: (() => void) | undefined;

  constructor(wait: CondvarWait<T>, end: (timedOut: boolean) => R) {
    this.#wait = wait;
    this.#end = end;
  }

  get what(): string {
    return `${this.#wait.caller}()`;
  }

  poll(waker: Waker): R | Pending {
    this.#waker = waker;
    let timedOut: boolean | Pending | undefined;
    try {
      timedOut = this.#goOn(waker);
    } finally {
      if (timedOut !== PENDING) this.#stopTimer?.();
    }
    return timedOut === PENDING ? PENDING : this.#end(timedOut);
  }

  leave(): boolean {
    this.#stopTimer?.();
    return this.#round?.leave() ?? true;
  }

  #goOn(waker: Waker): boolean | Pending {
    const { caller, words, guard, condition } = this.#wait;
    for (;;) {
      if (this.#round === undefined) {
        if (condition !== undefined && !condition(guard.value)) return false;
        this.#round = new CondvarRound(caller, words, guard);
        this.#startTimer();
      }
      const notified = this.#round.poll(waker, this.#timeIsUp);
      if (notified === PENDING) return PENDING;
      this.#round = undefined;
      if (condition === undefined) return !notified;
      if (!notified) return condition(guard.value);
    }
  }

  #startTimer(): void {
    const { timeoutMs } = this.#wait;
    if (this.#stopTimer !== undefined || timeoutMs === Number.POSITIVE_INFINITY) return;
    this.#stopTimer = startTimeout(timeoutMs, () => {
      this.#timeIsUp = true;
      this.#waker?.wake();
    });
  }
}
