import type { OwnCounters } from './measure/counters.js';

/**
 * One way to run several things at once, as far as a workload can ask for it.
 *
 * A contender says what it can do and knows nothing of who asks: one that knew could be tuned to it. What it
 * cannot do is an `Unable` with the reason, which is printed in place of a number.
 */
export interface Contender {
  /** Who decides which unit runs next. */
  readonly scheduler: 'user space' | 'kernel';
  /** What one unit is called. */
  readonly unit: 'promise' | 'task' | 'thread' | 'job';
  /** How many units a sensible program starts at once. */
  readonly atOnce: number;
  /** Starts `count` units, waits for all, and gives `xorshift(1, steps)`, `xorshift(2, steps)` and so on. */
  readonly runAll: Ability<(count: number, steps: number) => Promise<readonly number[]>>;
  /** Has `count` units give up the processor `times` times each, and gives how often they came back. */
  readonly giveWay: Ability<(count: number, times: number) => Promise<number>>;
  /** Sets up two units that talk to each other. */
  readonly converse: Ability<() => Promise<Conversation>>;
  /** Runs a ticker that should tick every `everyMs`, beside `hogs` units that compute and never give way. */
  readonly tickBeside: Ability<(hogs: number, steps: number, everyMs: number) => Promise<TickReport>>;
  /** Has ready what a program may have ready before there is work for `count` units. Not part of any time. */
  readonly getReady?: (count: number) => Promise<void>;
  /** What the contender itself has counted since it was loaded. */
  readonly counters?: () => OwnCounters;
}

export type Ability<F> = F | Unable;

/** Why a contender cannot do something. A sentence without its subject and its full stop. */
export interface Unable {
  readonly unable: string;
}

/** Two units and what they send each other. */
export interface Conversation {
  /** Sends a number there and back `count` times, one more each time it turns, and gives what it became. */
  roundTrips(count: number): Promise<number>;
}

export interface TickReport {
  /** How late each tick came, in milliseconds. A tick that was due while nothing could run counts too. */
  readonly latenessMs: readonly number[];
  /** What the hogs computed, as `runAll` gives it. */
  readonly values: readonly number[];
}
