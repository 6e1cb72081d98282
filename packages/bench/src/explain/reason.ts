import type { Measured } from '../measure/cell.js';
import type { CounterName } from '../measure/counters.js';

/** A counter that may tell why one contender was faster than another, and how to say so. */
export interface Reason {
  /** `needed`, as in: B needed 3 messages per round trip. */
  readonly verb: string;
  /** `messages per round trip`. */
  readonly counted: string;
  /** What it should mean to have more of it. Where it does not, the counter explains nothing. */
  readonly more: 'slower' | 'faster';
  /** What follows when both have the same: `the difference is the price of one poll`. */
  readonly same?: string;
  /** Undefined where it was not counted. */
  read(cell: Measured): number | undefined;
}

/** A counter divided by the number of operations. `counted` is its name in the plural. */
export function perOperation(counter: CounterName, counted: string, operation: string): Reason {
  return {
    verb: 'needed',
    counted: `${counted} per ${operation}`,
    more: 'slower',
    read: ({ counters, operations }) => divide(counters[counter], operations),
  };
}

/** How often the kernel took the CPU away, in one sample: what lets another thread run on time. */
export const preemptions: Reason = {
  verb: 'had',
  counted: 'involuntary context switches per run',
  more: 'faster',
  read: ({ counters, samples }) => divide(counters.involuntary, samples.length),
};

/** How many CPUs were busy on average. */
export const cpusBusy: Reason = {
  verb: 'kept',
  counted: 'CPUs busy',
  more: 'faster',
  read: ({ counters }) => divide(counters.cpuMs, counters.elapsedMs),
};

function divide(counter: number | undefined, by: number | undefined): number | undefined {
  return counter === undefined || by === undefined || by === 0 ? undefined : counter / by;
}
