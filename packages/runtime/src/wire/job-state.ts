/**
 * How far a job is, in memory that both sides of its thread see.
 *
 *              (1) start                (3) finish
 *    QUEUED ─────────────▶ RUNNING ─────────────────▶ DONE
 *      │ │                    │                        ▲
 *      │ │ (2) stop           │ (5) kill               │
 *      │ └────────▶ KILLING ◀─┘                        │
 *      └───────────────────────────────────────────────┘
 *                 (4) finish: it could not be loaded
 *
 * The thread makes (1), (3) and (4), who spawned it (2) and (5); each is one compare-and-swap, so of two that
 * meet one wins. Only who won a way into KILLING terminates the thread, and only who won a way into DONE
 * answers: an abort never hits a thread that has answered, and nothing is answered by a thread that is being
 * terminated.
 *
 * Beside the state stands the stop flag, raised once and never lowered. A tight loop reads it with one load.
 *
 * A pool's threads have their words in one piece of memory, a slot for each thread, and each job of a thread begins
 * its slot anew.
 */
export class JobState {
  readonly #words: Int32Array<SharedArrayBuffer>;

  /** Without a buffer: the state of a new job. With one: this thread's view of a job that another made. */
  constructor(buffer: SharedArrayBuffer = JobState.slots(1), slot = 0) {
    this.#words = new Int32Array(buffer, slot * SLOT_BYTES, WORDS);
  }

  /** Memory for the states of `count` threads. */
  static slots(count: number): SharedArrayBuffer {
    return new SharedArrayBuffer(count * SLOT_BYTES);
  }

  get buffer(): SharedArrayBuffer {
    return this.#words.buffer;
  }

  /** Makes it the state of another job of the same thread, which has done with the last one. */
  renew(): void {
    Atomics.store(this.#words, STOP, 0);
    Atomics.store(this.#words, STATE, QUEUED);
  }

  /** (1) Begins. Answers `false` when the job was aborted before, and must not begin. */
  start(): boolean {
    return this.#move(QUEUED, RUNNING);
  }

  /** (3, 4) Ends. Answers `false` when the thread is being terminated, and has nothing more to say. */
  finish(): boolean {
    return this.#move(RUNNING, DONE) || this.#move(QUEUED, DONE);
  }

  /** (2) Asks for the end: raises the stop flag and says what that can still do. */
  stop(): StopVerdict {
    Atomics.store(this.#words, STOP, 1);
    if (this.#move(QUEUED, KILLING)) return NEVER_RUNS;
    return Atomics.load(this.#words, STATE) === RUNNING ? RUNS : OVER;
  }

  /** (5) Answers whether the thread is to be terminated: not when it has finished. */
  kill(): boolean {
    return this.#move(RUNNING, KILLING);
  }

  /** Whether the body has begun, or would have, had it been found. */
  hasStarted(): boolean {
    return Atomics.load(this.#words, STATE) !== QUEUED;
  }

  /** Whether the stop flag is raised. One atomic load. */
  isStopped(): boolean {
    return Atomics.load(this.#words, STOP) === 1;
  }

  #move(from: number, to: number): boolean {
    return Atomics.compareExchange(this.#words, STATE, from, to) === from;
  }
}

/** NEVER_RUNS: the job had not begun and will not; terminate its thread. RUNS: it can see the flag. OVER: it has ended. */
export const NEVER_RUNS = 0;
export const RUNS = 1;
export const OVER = 2;
export type StopVerdict = typeof NEVER_RUNS | typeof RUNS | typeof OVER;

const STATE = 0;
const STOP = 1;
const WORDS = 2;
/** A cache line: what one thread writes, no neighbour waits for. */
const SLOT_BYTES = 64;

const QUEUED = 0;
const RUNNING = 1;
const DONE = 2;
const KILLING = 3;
