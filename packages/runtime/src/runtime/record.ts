import { isMainThread, threadId } from 'node:worker_threads';
import { checkCount } from '../base/check-count.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { type Observer, observed } from '../task/observer.js';
import { clockNs } from '../trace/ring/clock-ns.js';
import { endArena, newArena, takePlace } from '../trace/ring/layout.js';
import { runOf } from '../trace/ring/run-of.js';
import type { ProcessUsage, TraceRun } from '../trace/trace.js';
import { thisThread } from '../wire/this-thread.js';
import './default-executor.js';
import { joinRecording } from './join-recording.js';

/** How much a recording keeps. All may be left out. */
export interface RecordOptions {
  /** What the run is called beside others: `run` by default. */
  readonly label?: string;
  /** How many events of each thread are kept, the newest: 65,536 by default. One takes 32 bytes, once it was written. */
  readonly events?: number;
  /** How many threads can be recorded, this one included: 64 by default. The rest are counted as lost. */
  readonly threads?: number;
}

/** What happens to the tasks of this thread, and of the threads that are started meanwhile, written down. */
export interface Recording {
  /**
   * Names this moment. The first mark named `barrier` is the run's zero: what was before, the start of its threads say,
   * is below it.
   */
  mark(name: string): void;
  /** What was recorded until now. It goes on. */
  snapshot(): TraceRun;
  /** Ends the recording, and gives what was recorded. Again, it gives the same. */
  stop(): TraceRun;
}

/**
 * Records from now on what becomes of tasks: when each is made, polled, waits and for what, is woken and by whom, and
 * ends. Tasks that are there already are in it too.
 *
 * It sees every runtime of this thread, and each thread and pool thread that gets work from a recorded one. The newest
 * events of each thread are kept, in shared memory: also of one that hangs, was terminated or has crashed. It makes a
 * poll about twice as dear, and what is not recorded costs nothing. What the kernel did is recorded beside it, by
 * another process; see `withKernel`. A task that was there when a recording ended has polls a little dearer for good.
 *
 * A thread is in one recording: one that a pool thread began in a job, and did not stop, ends when that thread gets a
 * job of a thread that is recorded.
 *
 * Throws an `Error` when this thread is being recorded already, and a `TypeError` or `RangeError` that names the option
 * which is wrong. Source: tokio's `tracing` spans, as tokio-console sees them.
 *
 * @example
 * const recording = record();
 * await spawn(function* () {
 *   yield* yieldNow();
 * });
 * const { events } = recording.stop();
 * console.log(events.filter(({ k }) => k === 'poll').length); // 2
 */
export function record(options: RecordOptions = {}): Recording {
  checkOptionKeys('record', options, KNOWN);
  const { label = 'run', events = 65_536, threads = 64 } = options;
  if (typeof label !== 'string') {
    throw new TypeError(`record: label must be a string, got ${safeInspect(label, 100)}`);
  }
  checkCount('record', 'events', events, 1, MOST_EVENTS);
  checkCount('record', 'threads', threads, 1, MOST_SEATS);
  if (observed.by !== undefined) {
    throw new Error('record: this thread is being recorded already; stop that recording first.');
  }
  return new RingRecording(label, events, threads);
}

/**
 * Names this moment in the recording that there is, from any thread that is in it. Without one it does nothing. See
 * `Recording.mark`.
 *
 * @example
 * const recording = record();
 * mark('loaded');
 * console.log(recording.stop().events.some((event) => event.k === 'mark')); // true
 */
export function mark(name: string): void {
  checkName('mark', name);
  observed.by?.marked(name);
}

class RingRecording implements Recording {
  readonly #label: string;
  readonly #arena: SharedArrayBuffer;
  #leave: () => void;
  #observer: Observer | undefined;
  readonly #usageBefore = process.resourceUsage();
  #stopped: TraceRun | undefined;

  constructor(label: string, events: number, threads: number) {
    this.#label = label;
    this.#arena = arenaOf(threads, events);
    takePlace(this.#arena);
    const name = thisThread().name ?? (isMainThread ? 'main' : `thread ${threadId}`);
    this.#leave = joinRecording({ arena: this.#arena, place: 0 }, name, () => undefined);
    this.#observer = observed.by;
  }

  mark(name: string): void {
    checkName('recording.mark', name);
    // Another recording may have ended this one: it is none of its marks.
    if (observed.by === this.#observer) this.#observer?.marked(name);
  }

  snapshot(): TraceRun {
    return this.#stopped ?? this.#run(false);
  }

  stop(): TraceRun {
    if (this.#stopped === undefined) {
      this.#leave();
      // It may be held for the sake of its run.
      this.#leave = () => undefined;
      this.#observer = undefined;
      endArena(this.#arena);
      this.#stopped = this.#run(true);
    }
    return this.#stopped;
  }

  #run(isOver: boolean): TraceRun {
    const untilNs = clockNs() + performance.now() * 1e6;
    return runOf(this.#arena, { label: this.#label, untilNs, isOver, usage: this.#usage() });
  }

  #usage(): ProcessUsage {
    const before = this.#usageBefore;
    const now = process.resourceUsage();
    return {
      cpuNs: (now.userCPUTime + now.systemCPUTime - before.userCPUTime - before.systemCPUTime) * 1000,
      voluntary: now.voluntaryContextSwitches - before.voluntaryContextSwitches,
      involuntary: now.involuntaryContextSwitches - before.involuntaryContextSwitches,
    };
  }
}

/** Throws a `RangeError` when there are not so many addresses. */
function arenaOf(threads: number, events: number): SharedArrayBuffer {
  try {
    return newArena(threads, events);
  } catch (cause) {
    throw new RangeError(
      `record: there is no memory for ${events} events of each of ${threads} threads; ask for fewer.`,
      { cause },
    );
  }
}

function checkName(caller: string, name: unknown): void {
  if (typeof name !== 'string') {
    throw new TypeError(`${caller}: the name of a mark must be a string, got ${safeInspect(name, 100)}`);
  }
}

const KNOWN: ReadonlySet<string> = new Set<keyof RecordOptions>(['label', 'events', 'threads']);
const MOST_EVENTS = 2 ** 26;
const MOST_SEATS = 256;
