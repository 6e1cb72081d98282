import type { Settled } from './ending.js';
import type { EndKind, Feature, Jobs, Running, Setup } from './spawner.js';

/**
 * One thing that goes wrong, and what should come of it. It knows spawners by what they can, never by name.
 *
 * The rules are the same for all: who words an error differently is as right as who words it as we do.
 */
export interface Failure {
  readonly name: string;
  /** A row's label: what the job does, or what is done to it. */
  readonly title: string;
  /** What a spawner must have for this to make sense. */
  readonly needs?: Feature;
  readonly setup?: Setup;
  /** Starts the job, and has done to it whatever is to be done. */
  start(stage: Stage): Running | Promise<Running>;
  /** What the job should end as, where a spawner has a word for it. A `refusal` is an error at the call. */
  readonly ends: EndKind | 'refusal';
  /** Whether the ending says what happened; else what is wrong with it. */
  isRight(ending: Settled): boolean;
  /** Which parts of what was thrown did not arrive. */
  lost?(ending: Settled): readonly string[];
  /** Whether the job itself should have stopped by the time it settles, which its words in memory show. */
  readonly stops?: boolean;
  /** Whether another job runs beside it and must not be harmed. True unless said otherwise. */
  readonly neighbour?: boolean;
  /** What a later job on the same pool must do. It must give its value unless said otherwise. */
  readonly afterwards?: 'value' | 'settle' | 'nothing';
  /** Whether the outcome is also taken by a blocked joiner, where there is one. True unless said otherwise. */
  readonly joined?: boolean;
  /** How long nothing may move before the job hangs: two seconds unless said otherwise. */
  readonly hungAfterMs?: number;
  /** Whether it keeps the machine so busy that nothing else should run beside it. */
  readonly alone?: boolean;
  /** How long to look on after the end: something else goes wrong later. */
  readonly lingerMs?: number;
}

/** Where a failure happens. */
export interface Stage {
  readonly jobs: Jobs;
  /** Shared memory of the job: whether it has begun, and whether it goes on. */
  readonly words: Int32Array;
  /** Adds a job that must give `value` whatever happens. */
  beside(running: Running, value: number): void;
  /** Counts something that has moved, so that slow is not taken for hung. */
  moved(): void;
}

export const HEALTHY: Setup = { module: 'working' };
