import type { Contender, Unable } from '../contender.js';
import type { Vocabulary } from '../explain/explain.js';

/** Some work that every contender is asked to do. It knows contenders by what they can, never by name. */
export interface Workload {
  readonly name: string;
  /** What is done and what is measured, in one line. */
  readonly about: string;
  /** Sets everything up that is not measured, or says why this contender is not asked. */
  prepare(contender: Contender, quick: boolean): Promise<Prepared | Unable>;
  readonly vocabulary: Vocabulary;
}

/** A contender, ready to be measured. */
export interface Prepared {
  /** How much one sample is, in words. */
  readonly size: string;
  /** How many operations one sample is. */
  readonly operations: number;
  /** Does the work once, checks the answer, and gives nanoseconds per operation. Throws for a wrong answer. */
  sample(): Promise<number>;
}

export function isUnable(value: object): value is Unable {
  return 'unable' in value;
}
