import { type Claim, TAKEN } from './claim.js';
import { isGone, marksTellTheDead, ownMark } from './thread-mark.js';

/**
 * The permits of a `SharedSemaphore` in shared memory: how many are free, and how many each thread holds.
 *
 * The word of the free ones has two flags. WAITED: somebody sleeps. MANY: somebody sleeps who needs more than one.
 * Who gives permits back clears the flags and wakes as many as there are permits, or everybody where one may need
 * more than were given back; who was woken sets them again before it sleeps or when it takes.
 *
 * A thread's permits are counted in a slot of its own, so that those of a thread that has died come back. Between
 * the change of the one count and of the other there is no call, loop or allocation: V8 terminates a thread at
 * none but these, so no thread dies in between.
 */
const PERMITS = 1;
/** How many there are, free or not. */
const TOTAL = 2;
const FIRST_SLOT = 3;
/** A slot is the mark of a thread, and how many permits it holds. */
const SLOT_WORDS = 2;
const HELD = 1;
/** Permits of any further thread that holds some at the same time do not come back if it dies. */
const SLOTS = 512;
export const SEMAPHORE_WORDS: number = FIRST_SLOT + SLOTS * SLOT_WORDS;

const WAITED = 2 ** 30;
const MANY = 2 ** 29;
const FLAGS = WAITED | MANY;
/** The most permits that there can be. */
export const MOST_PERMITS: number = MANY - 1;

export function freePermits(words: Int32Array): number {
  return Atomics.load(words, PERMITS) & ~FLAGS;
}

/** Adds permits that nobody held. Answers `false`, and adds none, when there would be too many. */
export function addPermits(words: Int32Array, count: number): boolean {
  if (count === 0) return true;
  for (let total = Atomics.load(words, TOTAL); ; ) {
    if (total + count > MOST_PERMITS) return false;
    const seen = Atomics.compareExchange(words, TOTAL, total, total + count);
    if (seen === total) break;
    total = seen;
  }
  wakeFor(words, count, Atomics.add(words, PERMITS, count));
  return true;
}

/** Takes permits if there are as many. */
export function tryTakePermits(words: Int32Array, count: number): boolean {
  return new PermitClaim(words, count).attempt(false, false) === TAKEN;
}

/** Gives back permits that this thread holds. */
export function givePermits(words: Int32Array, count: number): void {
  const slot = ownSlot(words);
  if (slot !== NO_SLOT) Atomics.sub(words, slot + HELD, count);
  const before = Atomics.add(words, PERMITS, count);
  wakeFor(words, count, before);
}

function wakeFor(words: Int32Array, count: number, before: number): void {
  if ((before & FLAGS) === 0) return;
  Atomics.and(words, PERMITS, ~(before & FLAGS));
  Atomics.notify(words, PERMITS, (before & MANY) === 0 ? count : Number.POSITIVE_INFINITY);
}

/** Wants permits, all of them at once. */
export class PermitClaim implements Claim {
  readonly words: Int32Array;
  readonly index: number = PERMITS;
  readonly #count: number;
  readonly #flags: number;
  readonly #slot: number;

  constructor(words: Int32Array, count: number) {
    this.words = words;
    this.#count = count;
    this.#flags = count > 1 ? FLAGS : WAITED;
    this.#slot = ownSlot(words);
  }

  attempt(hasWaited: boolean, willWait = true): number | typeof TAKEN {
    const { words } = this;
    const count = this.#count;
    const slot = this.#slot;
    for (;;) {
      const state = Atomics.load(words, PERMITS);
      if ((state & ~FLAGS) >= count) {
        const left = hasWaited ? (state - count) | WAITED : state - count;
        if (Atomics.compareExchange(words, PERMITS, state, left) !== state) continue;
        if (slot !== NO_SLOT) Atomics.add(words, slot + HELD, count);
        return TAKEN;
      }
      const waiting = state | this.#flags;
      if (!willWait || waiting === state) return state;
      if (Atomics.compareExchange(words, PERMITS, state, waiting) === state) return waiting;
    }
  }

  clearDead(): void {
    clearDeadSlots(this.words);
  }

  giveBack(): void {
    givePermits(this.words, this.#count);
  }
}

const NO_SLOT = 0;
const ownSlots = new WeakMap<Int32Array, number>();

/** The slot of this thread, or `NO_SLOT` where it would be of no use, or where there is none left. */
function ownSlot(words: Int32Array): number {
  const known = ownSlots.get(words);
  if (known !== undefined) return known;
  const slot = marksTellTheDead() ? findSlot(words) : NO_SLOT;
  ownSlots.set(words, slot);
  return slot;
}

function findSlot(words: Int32Array): number {
  for (let tries = 0; tries < 2; tries += 1) {
    for (let slot = FIRST_SLOT; slot < SEMAPHORE_WORDS; slot += SLOT_WORDS) {
      const owner = Atomics.compareExchange(words, slot, 0, ownMark());
      if (owner === 0 || owner === ownMark()) return slot;
    }
    clearDeadSlots(words);
  }
  return NO_SLOT;
}

function clearDeadSlots(words: Int32Array): void {
  for (let slot = FIRST_SLOT; slot < SEMAPHORE_WORDS; slot += SLOT_WORDS) {
    const owner = Atomics.load(words, slot);
    if (owner === 0 || !isGone(owner)) continue;
    // Ours while it is cleared, so that nobody takes it meanwhile. Were we to die, the next would find it as we did.
    if (Atomics.compareExchange(words, slot, owner, ownMark()) !== owner) continue;
    const before = Atomics.add(words, PERMITS, Atomics.exchange(words, slot + HELD, 0));
    Atomics.store(words, slot, 0);
    wakeFor(words, MOST_PERMITS, before);
  }
}
