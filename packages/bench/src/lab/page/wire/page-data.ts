import type { GlyphName } from '../glyphs.js';

/**
 * What the page carries to its script: the rows of each run as columns of whole numbers.
 *
 * Times are differences, since neighbours are alike and small numbers shrink: `gaps[i]` is what lies between the end
 * of interval i-1 and the start of interval i, `lengths[i]` how long it is. What another row is named by is its place
 * among the rows of its run, so the page needs no ids. There is one such text for the whole page, compressed.
 */
export interface PageData {
  readonly runs: readonly RunData[];
  readonly lookFor: readonly LookForData[];
}

export interface RunData {
  readonly label: string;
  readonly from: number;
  readonly end: number;
  readonly rows: readonly RowData[];
  readonly marks: readonly { readonly at: number; readonly name: string }[];
  /** Moments that no interval tells: they are looked up in the events. */
  readonly moments: {
    readonly kind: readonly GlyphName[];
    readonly at: readonly number[];
    readonly row: readonly number[];
  };
  /** Words that rows refer to by place. */
  readonly words: readonly string[];
}

export interface LookForData {
  readonly run: number;
  readonly at: number;
  readonly to: number;
  readonly row: number;
}

/** Intervals of one row, in the order of their times. */
export interface Spans {
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
}

export type RowData = CpuRowData | ThreadRowData | TaskRowData | CounterRowData;

interface Named {
  readonly name: string;
  /** What is said beside the name: a thread's number in the kernel's eyes, the place of a task in its source. */
  readonly detail: string;
  /** The row of its thread, or of itself for a thread; -1 for none. */
  readonly thread: number;
  readonly from: number;
  readonly to: number;
}

export interface CpuRowData extends Named, Spans {
  readonly kind: 'cpu';
  /** The row of the thread that had it, or `OTHER`. */
  readonly who: readonly number[];
}

export interface ThreadRowData extends Named, Spans {
  readonly kind: 'thread';
  /** A place in `THREAD_STATES`. */
  readonly state: readonly number[];
  /** The CPU's number, or `NONE`. */
  readonly cpu: readonly number[];
  /** A place in `OFF_REASONS`, or `NONE`. */
  readonly why: readonly number[];
  readonly by: readonly number[];
  readonly wokenBy: readonly number[];
  /** Whether it did nothing after the start. */
  readonly quiet: boolean;
  readonly bands: Spans & {
    /** In thousandths of the stretch; what is left it slept. */
    readonly running: readonly number[];
    readonly runnable: readonly number[];
  };
}

export interface TaskRowData extends Named, Spans {
  readonly kind: 'task';
  /** How it ended, a place in `TASK_ENDS`; `NONE` while it lives. */
  readonly settled: number;
  readonly spawnedBy: number;
  readonly state: readonly number[];
  /** A place in `POLL_ENDS`, or `NONE`. */
  readonly end: readonly number[];
  /** A place in the run's words, or `NONE`. */
  readonly on: readonly number[];
  /** The row of the task that it waits for, or `NONE`. */
  readonly of: readonly number[];
  /** The row of the task that woke it, `NONE`, or `EVENT_LOOP`. */
  readonly wokenBy: readonly number[];
  /** Parts of polls without a CPU: in which interval, how far into it, how long. */
  readonly hole: {
    readonly of: readonly number[];
    readonly after: readonly number[];
    readonly length: readonly number[];
  };
}

export interface CounterRowData extends Named {
  readonly kind: 'counter';
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** In place of a row's number. */
export const NONE = -1;
export const OTHER = -2;
export const IDLE = -3;
export const EVENT_LOOP = -4;
export const INTERRUPT = -5;

export const THREAD_STATES = ['running', 'runnable', 'asleep'] as const;
export const TASK_STATES = ['polled', 'ready', 'waiting'] as const;
export const OFF_REASONS = ['preempted', 'asleep', 'disk', 'exited'] as const;
export const POLL_ENDS = ['yielded', 'suspended', 'settled', 'unseen'] as const;
export const TASK_ENDS = ['value', 'panic', 'cancelled', 'crash'] as const;
