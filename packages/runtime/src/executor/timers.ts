import { type HeapEntry, MinHeap } from '../base/min-heap.js';
import { LONGEST_MS } from '../base/timeout.js';
import { runBlank } from './blank.js';
import type { Clock } from './clock.js';
import type { Host, HostTimer } from './host.js';

/** Something that is due at one moment. In one `Timers` at a time. */
export interface Due {
  /** In whole milliseconds on the executor's clock, or Infinity. Does not change while it is set. */
  readonly dueMs: number;
  /** Where it stands among what is due at the same moment, or -1 while it is not set. Written by `Timers` alone. */
  place: number;
  fire(): void;
}

/** A function that is called once, after a time. */
export class Timer implements Due {
  readonly #timers: Timers;
  readonly dueMs: number;
  readonly fire: () => void;
  place = -1;

  constructor(timers: Timers, delayMs: number, fire: () => void) {
    this.#timers = timers;
    this.dueMs = Math.ceil(timers.now() + delayMs);
    this.fire = fire;
    timers.set(this);
  }

  /** Does nothing when it has fired. */
  cancel(): void {
    this.#timers.clear(this);
  }
}

/**
 * All timers of an executor under one timer of its host.
 *
 * None fires early: Node's timers may, by up to a millisecond, so a timer is due only when the clock says so,
 * and the rest is waited for again. A delay that Node cannot hold is waited for in pieces. Timers due at one
 * moment fire in the order in which they were set.
 *
 * A moment is a whole millisecond and has a list of its own; the heap holds moments. So a hundred thousand
 * sleepers within a second are a thousand entries, and all but one for each moment are set and withdrawn in
 * constant time. Rejected: a heap of timers, whose compares miss the cache seventeen times for each of a hundred
 * thousand; tokio's wheel, which has nothing to gain where the heap is this small.
 */
export class Timers {
  readonly #host: Host;
  readonly clock: Clock;
  readonly #clockStopped: () => void;
  readonly #heap = new MinHeap<Moment>();
  readonly #moments = new Map<number, Moment>();
  /** The moment that was asked for last: many sleep for one time. */
  #latest: Moment | undefined;
  #armed: HostTimer | undefined;
  #armedForMs = Number.POSITIVE_INFINITY;

  /** `clockStopped` is called instead of setting a timer of the host while the clock stands still. */
  constructor(host: Host, clock: Clock, clockStopped: () => void = () => undefined) {
    this.#host = host;
    this.clock = clock;
    this.#clockStopped = clockStopped;
  }

  /** When the next timer is due, on the executor's clock; Infinity when there is none. */
  get nextMs(): number {
    return this.#heap.peek()?.key ?? Number.POSITIVE_INFINITY;
  }

  now(): number {
    return this.clock.now();
  }

  /** Calls `fire` after `delayMs`. */
  after(delayMs: number, fire: () => void): Timer {
    return new Timer(this, delayMs, fire);
  }

  set(due: Due): void {
    const { dueMs } = due;
    const moment = this.#latest?.dueMs === dueMs ? this.#latest : this.#momentAt(dueMs);
    moment.add(due);
    if (dueMs < this.#armedForMs) this.#arm();
  }

  /** Takes one out, fired or not. One that is never due does not keep the process either. */
  clear(due: Due): void {
    if (due.place < 0) return;
    const moment = this.#momentAt(due.dueMs);
    if (moment.takeOut(due) > 0) return;
    this.#remove(moment);
    if (this.nextMs === Number.POSITIVE_INFINITY) this.#disarm();
  }

  /** Looks at the clock again, which was stopped, moved or let go. */
  look(): void {
    this.#fireDue();
  }

  #momentAt(dueMs: number): Moment {
    let moment = this.#moments.get(dueMs);
    if (moment === undefined) {
      moment = new Moment(dueMs);
      this.#moments.set(dueMs, moment);
      this.#heap.push(moment);
    }
    this.#latest = moment;
    return moment;
  }

  #remove(moment: Moment): void {
    if (!this.#heap.remove(moment)) return;
    this.#moments.delete(moment.dueMs);
    if (this.#latest === moment) this.#latest = undefined;
  }

  // In no context, since it is called back in that of whoever set a timer first.
  readonly #fire = (): void => runBlank(this.#fireArmed);

  readonly #fireArmed = (): void => {
    this.#armed = undefined;
    this.#armedForMs = Number.POSITIVE_INFINITY;
    this.#fireDue();
  };

  #fireDue(): void {
    const nowMs = this.clock.now();
    try {
      for (;;) {
        const moment = this.#heap.peek();
        if (moment === undefined || moment.dueMs > nowMs) break;
        for (let due = moment.next(); due !== undefined; due = moment.next()) due.fire();
        this.#remove(moment);
      }
    } finally {
      this.#arm();
    }
  }

  #arm(): void {
    if (this.clock.isStopped) {
      this.#disarm();
      this.#clockStopped();
      return;
    }
    const dueMs = this.nextMs;
    if (dueMs === this.#armedForMs) return;
    this.#disarm();
    if (dueMs === Number.POSITIVE_INFINITY) return;
    this.#armedForMs = dueMs;
    const delayMs = Math.min(Math.max(Math.ceil(dueMs - this.clock.now()), 0), LONGEST_MS);
    this.#armed = this.#host.setTimer(delayMs, this.#fire);
  }

  #disarm(): void {
    this.#armed?.cancel();
    this.#armed = undefined;
    this.#armedForMs = Number.POSITIVE_INFINITY;
  }
}

/**
 * What is due at one moment, in the order in which it was set.
 *
 * A list and no chain: of a hundred thousand that sleep, those of one moment are nowhere near each other in memory,
 * and from a list several are fetched at a time.
 */
class Moment implements HeapEntry {
  readonly dueMs: number;
  readonly key: number;
  readonly serial = 0;
  place = -1;
  #list: (Due | undefined)[] = [];
  /** What stands before this place has been fired. */
  #next = 0;
  #size = 0;

  constructor(dueMs: number) {
    this.dueMs = dueMs;
    this.key = dueMs;
  }

  add(due: Due): void {
    due.place = this.#list.length;
    this.#list.push(due);
    this.#size += 1;
  }

  /** Answers how many are left. */
  takeOut(due: Due): number {
    this.#list[due.place] = undefined;
    due.place = -1;
    this.#size -= 1;
    if (this.#list.length > 2 * this.#size + 16) this.#close();
    return this.#size;
  }

  /** Takes out the one that was set first. */
  next(): Due | undefined {
    while (this.#next < this.#list.length) {
      const due = this.#list[this.#next];
      this.#next += 1;
      if (due === undefined) continue;
      due.place = -1;
      this.#size -= 1;
      return due;
    }
    return undefined;
  }

  // Gaps are what was withdrawn, as most time limits are: they must not outnumber what is left.
  #close(): void {
    const left = this.#list.slice(this.#next).filter((due) => due !== undefined);
    for (let place = 0; place < left.length; place += 1) (left[place] as Due).place = place;
    this.#list = left;
    this.#next = 0;
  }
}
