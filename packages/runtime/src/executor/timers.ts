import { type HeapEntry, MinHeap } from '../base/min-heap.js';
import { LONGEST_MS } from '../base/timeout.js';
import { runBlank } from './blank.js';
import type { Host, HostTimer } from './host.js';

/** Something that is due at one time; its key is that time on the host's clock. In one `Timers` at a time. */
export interface Due extends HeapEntry {
  fire(): void;
}

let serials = 0;

/** The next serial: what is due at one moment fires in the order of these. */
export function nextSerial(): number {
  serials += 1;
  return serials;
}

/** A function that is called at one time. */
export class Timer implements Due {
  readonly key: number;
  readonly serial: number = nextSerial();
  readonly fire: () => void;
  place = -1;

  /** `dueMs` is on the host's clock. */
  constructor(dueMs: number, fire: () => void) {
    this.key = dueMs;
    this.fire = fire;
  }
}

/**
 * All timers of an executor under one timer of its host.
 *
 * None fires early: Node's timers may, by up to a millisecond, so a timer is due only when the clock says so,
 * and the rest is waited for again. A delay that Node cannot hold is waited for in pieces. Timers due at one
 * moment fire in the order in which they were set.
 */
export class Timers {
  readonly #host: Host;
  readonly #heap = new MinHeap<Due>();
  #armed: HostTimer | undefined;
  #armedForMs = Number.POSITIVE_INFINITY;

  constructor(host: Host) {
    this.#host = host;
  }

  get size(): number {
    return this.#heap.size;
  }

  /** When the next timer is due, on the host's clock; Infinity when there is none. */
  get nextMs(): number {
    return this.#heap.peek()?.key ?? Number.POSITIVE_INFINITY;
  }

  now(): number {
    return this.#host.now();
  }

  set(timer: Due): void {
    this.#heap.push(timer);
    if (timer.key < this.#armedForMs) this.#arm();
  }

  /** Takes a timer out, fired or not. One that is never due does not keep the process either. */
  clear(timer: Due): void {
    if (this.#heap.remove(timer) && this.nextMs === Number.POSITIVE_INFINITY) this.#disarm();
  }

  // In no context, since it is called back in that of whoever set a timer first.
  readonly #fire = (): void => runBlank(this.#fireDue);

  readonly #fireDue = (): void => {
    this.#armed = undefined;
    this.#armedForMs = Number.POSITIVE_INFINITY;
    const nowMs = this.#host.now();
    try {
      for (;;) {
        const timer = this.#heap.peek();
        if (timer === undefined || timer.key > nowMs) break;
        this.#heap.pop();
        timer.fire();
      }
    } finally {
      this.#arm();
    }
  };

  #arm(): void {
    const dueMs = this.nextMs;
    if (dueMs === this.#armedForMs) return;
    this.#disarm();
    if (dueMs === Number.POSITIVE_INFINITY) return;
    this.#armedForMs = dueMs;
    const delayMs = Math.min(Math.max(Math.ceil(dueMs - this.#host.now()), 0), LONGEST_MS);
    this.#armed = this.#host.setTimer(delayMs, this.#fire);
  }

  #disarm(): void {
    this.#armed?.cancel();
    this.#armed = undefined;
    this.#armedForMs = Number.POSITIVE_INFINITY;
  }
}
