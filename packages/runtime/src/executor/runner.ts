import type { Task } from '../task/task.js';
import type { Host } from './host.js';
import type { StoppedTime } from './stopped-time.js';
import type { Timers } from './timers.js';

/** The executor, as the bodies that it polls see it. */
export interface Runner {
  readonly host: Host;
  readonly timers: Timers;
  /** What moves the clock while it is stopped. */
  readonly stopped: StoppedTime | undefined;
  /** How many tasks were left running because they would not end. */
  abandoned: number;
  /** When the turn began, in whole milliseconds on the host's clock. */
  readonly stampMs: number;
  /** Whether there is nothing to poll, and nobody has asked for a turn. */
  readonly isIdle: boolean;
  /** How many tasks are ready. */
  readonly queueDepth: number;
  /** Calls `settle` in a microtask of our own, and goes on with what it made ready. */
  settleInMicrotask(settle: () => void): void;
  /** Hears that a task outlived its first poll. */
  begun(task: Task<unknown>): void;
  /** Puts a task that suspended back into the queue, behind all others. */
  requeue(task: Task<unknown>): void;
}

/**
 * Whoever watches an executor: told of what it does, and polls its tasks for it.
 *
 * Where there is none, nothing of this costs anything. Where there is one, no task is in the ordinary state, so that
 * the loop hands every poll to the watch: it has no branch of its own for that.
 */
export interface Watch {
  /** Hears of a spawn, before the task's first poll. */
  spawned(task: Task<unknown>): void;
  /** Hears that a task is ready: once at least for each poll that it then waits for. */
  ready(task: Task<unknown>): void;
  /** Hears that a waiting task becomes ready, before it is put into the queue. */
  woken(task: Task<unknown>): void;
  /** Hears that a task is asked to end, for the first time. */
  aborted(task: Task<unknown>): void;
  /** Polls a task. */
  poll(runner: Runner, task: Task<unknown>): AfterPoll;
  /** Hears that the executor has nothing to poll. */
  idle(): void;
  /** Hears that a turn begins. */
  turn(): void;
}

/**
 * What the turn does after a poll. NEXT: takes the next task at once. HOP: waits for the microtask in which the body
 * runs. BEGUN: an async body ran in this very poll, and comes to its await in the microtask after it.
 */
export const NEXT = 0;
export const HOP = 1;
export const BEGUN = 2;
export type AfterPoll = typeof NEXT | typeof HOP | typeof BEGUN;
