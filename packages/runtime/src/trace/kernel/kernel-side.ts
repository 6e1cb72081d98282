import type { KernelLevel } from '../trace.js';
import type { CountedEvent, KernelEvent } from '../trace-event.js';

/** What the kernel did with a process while it was watched: the other half of a recording. */
export interface KernelSide {
  /** How exactly it was seen. */
  readonly level: KernelLevel;
  /** Why not more exactly, and what would allow it; left out where it was exact. */
  readonly levelBecause?: string;
  /**
   * In the order of their times, which here are nanoseconds of the system's monotonic clock: that of
   * `process.hrtime()`. Subtract the run's zero, taken from that clock. Those of level `exact` are rounded to whole
   * microseconds, as the kernel prints them.
   */
  readonly events: readonly (KernelEvent | CountedEvent)[];
  /** What the kernel calls the threads of the process, by their tids. */
  readonly threadNames: Readonly<Record<number, string>>;
  /** How many events the kernel's buffer was too small for. */
  readonly lost: number;
  /** How many lines of the kernel's trace could not be read. */
  readonly malformed: number;
  /** Which part of the machine other programs used meanwhile, from 0 to 1; undefined where that is not known. */
  readonly othersUsed: number | undefined;
}
