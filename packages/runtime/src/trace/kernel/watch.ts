import type { CountedEvent, KernelEvent } from '../trace-event.js';

/** A process being watched at one level, until `finish` gives what was seen and lets go of everything. */
export interface Watch {
  readonly level: 'exact' | 'counted';
  /** Looks at the threads; does nothing where the kernel writes down by itself. */
  look(): void;
  /** Ends the watch. Called once; what it holds outside of this process is gone afterwards, also when it throws. */
  finish(): Watched;
}

export interface Watched {
  readonly events: readonly (KernelEvent | CountedEvent)[];
  /** The last names that the watch itself has seen, by tid. */
  readonly threadNames: Readonly<Record<number, string>>;
  readonly lost: number;
  readonly malformed: number;
}
