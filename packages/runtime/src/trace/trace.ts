import type { TraceEvent } from './trace-event.js';

/**
 * How much of the kernel's side was seen. `exact`: each switch, wake-up and migration. `counted`: how much of each
 * stretch a thread ran, waited for a CPU and slept, and never when. `process`: totals of the whole process.
 */
export type KernelLevel = 'exact' | 'counted' | 'process';

/** What was recorded of one run of a program. */
export interface TraceRun {
  /** What it is called beside other runs: `'tasks'`. */
  readonly label: string;
  /** The process in the kernel's eyes; its main thread has the same number. */
  readonly pid: number;
  readonly level: KernelLevel;
  /** Why it was not seen more exactly, and what would allow it; left out where it was exact. */
  readonly levelBecause?: string;
  /** Since when the kernel was watched, where that was later than the run's first event. */
  readonly kernelFromNs?: number;
  /** How many CPUs it might use. */
  readonly cpus: number;
  /** How long it took from its zero on, in nanoseconds. */
  readonly endNs: number;
  /** What is missing from it. */
  readonly lost: Lost;
  /** Which part of the machine other programs used meanwhile, from 0 to 1, where that is known. */
  readonly othersUsed?: number;
  /** The totals of the process: level `process`, and beside it where the system has them. */
  readonly usage?: ProcessUsage;
  /** What the kernel calls its threads, by their tids, where the kernel was asked. */
  readonly threadNames?: Readonly<Record<number, string>>;
  /** In the order of their times. */
  readonly events: readonly TraceEvent[];
}

/** How many events were written over before anybody read them, and how many threads found no ring. */
export interface Lost {
  readonly events: number;
  readonly threads: number;
  /** What the kernel's own buffer has lost. */
  readonly kernel: number;
  /**
   * How often what an event names found no room: it says `…`, or `sleep(…)` without the number. Left out where none was.
   */
  readonly texts?: number;
}

/** What `process.resourceUsage()` has counted, for all threads together. */
export interface ProcessUsage {
  readonly cpuNs: number;
  readonly voluntary: number;
  readonly involuntary: number;
}

/** One recording: a program, run once or more. It names no person, no machine and no program but ours. */
export interface Trace {
  readonly program: string;
  readonly node: string;
  /** As `process.platform` says. */
  readonly platform: string;
  /** The kernel's version, without what a distribution adds. */
  readonly kernel: string;
  readonly runs: readonly TraceRun[];
}
