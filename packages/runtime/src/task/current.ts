import { currentAsyncFrame } from './async-frame.js';
import type { Waker } from './pollable.js';
import type { Task } from './task.js';

/** How many ready operations a poll may use up before it has to suspend. Source: tokio's coop budget. */
export const BUDGET = 128;

/**
 * What is being polled on this thread at this moment. Written by whoever polls, around each poll.
 *
 * The executor writes `task` and `budget` before each poll, and nothing else in the ordinary case: each store
 * of an object costs a nanosecond, and a poll can cost thirty.
 */
class Current {
  /** What a wake is meant for, where it is not the task itself: one of its branches, or one of its awaits. */
  branch: Waker | null = null;
  /** Whether a plain or async function is being called, in which nothing can be iterated. */
  calling: boolean = false;
  budget: number = BUDGET;
  /** What is being polled although it was told to end, else null. */
  leaving: Leaving | null = null;

  get task(): Task<unknown> | null {
    return polled.task;
  }

  set task(task: Task<unknown> | null) {
    polled.task = task;
  }

  /** Makes what names the task anew, now and then: see `Polled`. */
  renew(): void {
    polled = new Polled(polled.task);
  }
}

/**
 * Names the task that is polled. An object that has grown old and is given a young task costs a call of V8's write
 * barrier each time, four nanoseconds; one that is made anew for each visit of the event loop does not grow old.
 */
class Polled {
  task: Task<unknown> | null;

  constructor(task: Task<unknown> | null) {
    this.task = task;
  }
}

let polled = new Polled(null);

export const current: Current = new Current();

/** A task that was aborted, or a branch that was left: asked by each operation that it begins in its cleanup. */
export interface Leaving {
  /**
   * Throws `TaskCancelled` when it goes on beginning operations for longer than a cleanup may. Answers `false` when
   * it did so once too often, and is not answered any more.
   */
  mayBegin(): boolean;
}

/** Notes that a task has to suspend because its budget is used up: once for each poll, whoever of its branches runs into it. */
export function forceYield(task: Task<unknown> | null): void {
  if (current.budget !== 0 || task === null) return;
  current.budget = -1;
  task.owner.forcedYield?.();
}

/** What an iterated operation registers; null where it is iterated outside a poll of a generator. */
export function currentWaker(): Waker | null {
  if (current.branch !== null) return current.branch;
  return current.calling ? null : current.task;
}

/** The task that the caller runs in, generator or async, or undefined outside any. */
export function currentTask(): Task<unknown> | undefined {
  return current.task ?? currentAsyncFrame()?.task;
}
