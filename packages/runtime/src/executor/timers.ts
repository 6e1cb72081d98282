import { type HeapEntry, MinHeap } from '../base/min-heap.js';
import { LONGEST_MS } from '../base/timeout.js';
import { runBlank } from './blank.js';
import type { Clock } from './clock.js';
import type { Host, HostTimer } from './host.js';

/** Something that is due at one moment. In one `Timers` at a time. */
export interface Due {
  /** In whole milliseconds on the executor's clock, or Infinity. Does not change while it is set. */
  readonly dueMs: number;
  /** Its neighbours among what is due at the same moment; undefined while it is not set. Written by `Timers` alone. */
  before: Due | undefined;
  after: Due | undefined;
  fire(): void;
}

/** A function that is called once, after a time. */
export class Timer implements Due {
  readonly #timers: Timers;
  readonly dueMs: number;
  readonly fire: () => void;
  before: Due | undefined = undefined;
  after: Due | undefined = undefined;

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
    const last = moment.before;
    due.before = last;
    due.after = moment;
    last.after = due;
    moment.before = due;
    if (dueMs < this.#armedForMs) this.#arm();
  }

  /** Takes one out, fired or not. One that is never due does not keep the process either. */
  clear(due: Due): void {
    if (due.after === undefined) return;
    const neighbour = unlink(due);
    // Alone with itself: only a moment is.
    if (neighbour.after !== neighbour) return;
    this.#remove(neighbour as Moment);
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
        while (moment.after !== moment) {
          const due = moment.after;
          unlink(due);
          due.fire();
        }
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

/** What is due at one moment: the head of a ring, which stands for itself where nothing is left. */
class Moment implements Due, HeapEntry {
  readonly dueMs: number;
  readonly key: number;
  readonly serial = 0;
  place = -1;
  before: Due = this;
  after: Due = this;

  constructor(dueMs: number) {
    this.dueMs = dueMs;
    this.key = dueMs;
  }

  fire(): void {}
}

/** Takes one out of its ring, and gives its neighbour there. */
function unlink(due: Due): Due {
  const { before, after } = due as { before: Due; after: Due };
  before.after = after;
  after.before = before;
  due.before = undefined;
  due.after = undefined;
  return after;
}
