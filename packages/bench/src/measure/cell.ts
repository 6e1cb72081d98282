import type { Counters } from './counters.js';

/** What came of one contender at one workload. */
export type Cell = Measured | NotApplicable | Failed | Unmeasured;

export interface Measured {
  readonly kind: 'measured';
  readonly contender: string;
  /** How much one sample was, in words. */
  readonly size: string;
  /** Nanoseconds per operation, one number per round. */
  readonly samples: readonly number[];
  /** How many operations all samples were together. */
  readonly operations: number;
  /** What was counted over all samples. */
  readonly counters: Counters;
}

/** The contender cannot do this, or it would make no sense. */
export interface NotApplicable {
  readonly kind: 'not applicable';
  readonly contender: string;
  readonly reason: string;
}

/** A wrong answer, a crash, or no answer in time: an error, never a number. */
export interface Failed {
  readonly kind: 'failed';
  readonly contender: string;
  readonly error: string;
}

/** The run was interrupted before the first round. */
export interface Unmeasured {
  readonly kind: 'unmeasured';
  readonly contender: string;
}
