import { type Claim, TAKEN } from './claim.js';
import { isGone, ownMark } from './thread-mark.js';

/**
 * The lock of a `SharedMutex` in shared memory: one word that says who holds it, and one that says it is poisoned.
 *
 *    0 ──(1) take──▶ mark ──(2) somebody waits──▶ mark | WAITED ──(3) let go, and wake one──▶ 0
 *    ▲                │                                │
 *    └──(4) let go────┘                                └──(5) its thread is gone──▶ mark of who found it, poisoned
 *
 * Each arrow is one atomic step. The holder is in the word, as in the kernel's robust locks, so there is no moment
 * in which the lock is held and nobody knows by whom.
 *
 * Who takes it after waiting leaves WAITED set, since it cannot know whether others wait too: an unlock that wakes
 * nobody costs a little, one that forgets somebody would cost a slice (claim.ts).
 *
 * There is no line: who comes while the lock is free takes it, before others who were woken for it. A lock that is
 * handed over to the first in line makes a switch of threads of every unlock. So no bound is promised for how long
 * one waits, as std promises none.
 */
export const STATE = 1;
const POISON = 2;
export const LOCK_WORDS = 3;

const WAITED = 2 ** 30;
const MARK = WAITED - 1;

/** (1) Takes a lock that is free. */
export function tryTake(words: Int32Array): boolean {
  return Atomics.compareExchange(words, STATE, 0, ownMark()) === 0;
}

/** (3, 4) Lets go of a lock that this thread holds. */
export function letGo(words: Int32Array): void {
  if ((Atomics.exchange(words, STATE, 0) & WAITED) !== 0) Atomics.notify(words, STATE, 1);
}

/** Whether this thread holds it, in any of its tasks. */
export function isOwn(words: Int32Array): boolean {
  return (Atomics.load(words, STATE) & MARK) === ownMark();
}

/** (5) Takes the lock from a thread that is gone, poisons it and lets go. */
export function bury(words: Int32Array): void {
  const state = Atomics.load(words, STATE);
  if (state === 0 || !isGone(state & MARK)) return;
  // Were this thread to end in the middle of it, the next would find it as this one found the other.
  if (Atomics.compareExchange(words, STATE, state, ownMark() | WAITED) !== state) return;
  poison(words);
  letGo(words);
}

export function poison(words: Int32Array): void {
  Atomics.store(words, POISON, 1);
}

export function unpoison(words: Int32Array): void {
  Atomics.store(words, POISON, 0);
}

export function isPoisoned(words: Int32Array): boolean {
  return Atomics.load(words, POISON) === 1;
}

/** Wants the lock. */
export class LockClaim implements Claim {
  readonly words: Int32Array;
  readonly index: number = STATE;

  constructor(words: Int32Array) {
    this.words = words;
  }

  attempt(hasWaited: boolean): number | typeof TAKEN {
    const { words } = this;
    const taken = hasWaited ? ownMark() | WAITED : ownMark();
    for (;;) {
      const state = Atomics.load(words, STATE);
      if (state === 0) {
        if (Atomics.compareExchange(words, STATE, 0, taken) === 0) return TAKEN;
      } else if ((state & WAITED) !== 0) return state;
      else if (Atomics.compareExchange(words, STATE, state, state | WAITED) === state) return state | WAITED;
    }
  }

  clearDead(): void {
    bury(this.words);
  }

  giveBack(): void {
    letGo(this.words);
  }
}
