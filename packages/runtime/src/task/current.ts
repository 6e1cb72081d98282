import type { Waker } from './pollable.js';
import type { Task } from './task.js';

/** How many ready operations a poll may use up before it has to suspend. Source: tokio's coop budget. */
export const BUDGET = 128;

/**
 * What is being polled on this thread at this moment. Written by the executor around each poll.
 *
 * `waker` is what an iterated operation registers; it is null outside a poll of a generator, which is how an
 * operation finds out that it is iterated where it cannot suspend.
 */
export const current: {
  task: Task<unknown> | null;
  waker: Waker | null;
  budget: number;
  /** The task being polled while it unwinds, else null. */
  leaving: Task<unknown> | null;
  /** Whether a generator is being told to end: the only time that an operation's `return` is ours. */
  dropping: boolean;
} = { task: null, waker: null, budget: BUDGET, leaving: null, dropping: false };

/**
 * Where the async tasks are kept apart: the frame of the async body that the caller runs in, if any.
 *
 * The executor fills it when the first async task starts, so that importing the library enables no async hook.
 */
export interface AsyncFrame {
  readonly task: Task<unknown>;
  /** Whether the caller is inside `shielded`, where an abort is not told. */
  readonly shielded: boolean;
  readonly waits: AsyncWaits;
}

/** What the executor keeps for the awaits of one async body. */
export interface AsyncWaits {
  /** A wait found nothing yet, and stays until it is woken or cancelled. */
  park(wait: ParkedWait): void;
  /** A parked wait was woken: its task asks for a poll. */
  woken(wait: ParkedWait): void;
  /** An operation is refused because the task is aborted. Answers `false` when the body is not answered any more. */
  refused(): boolean;
}

/** One `await` of ours that an async body is suspended in. */
export interface ParkedWait {
  readonly what: string;
  readonly shielded: boolean;
  /** Polls. Answers `true` when it gave the body something: the body runs in the microtask after this. */
  poll(): boolean;
  /** Ends the wait with `TaskCancelled`. Answers `false` while its own cleanup still waits. */
  cancel(): boolean;
}

/** Tells a generator to end, with its operations knowing that it is so. */
export function drop<S>(body: { return(value: undefined): S }): S {
  const { dropping } = current;
  current.dropping = true;
  try {
    return body.return(undefined);
  } finally {
    current.dropping = dropping;
  }
}

let asyncFrame: () => AsyncFrame | undefined = () => undefined;

export function currentAsyncFrame(): AsyncFrame | undefined {
  return asyncFrame();
}

export function fillAsyncFrame(read: () => AsyncFrame | undefined): void {
  asyncFrame = read;
}

/** The task that the caller runs in, generator or async, or undefined outside any. */
export function currentTask(): Task<unknown> | undefined {
  return current.task ?? asyncFrame()?.task;
}
