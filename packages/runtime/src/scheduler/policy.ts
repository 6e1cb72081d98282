import type { TaskId } from '../base/task-id.js';

/**
 * Who is next: the part of a scheduler that a user-space runtime may swap.
 *
 * The executor pushes a task when it becomes ready and pops one for each poll. A policy never sees a task
 * twice at a time, loses none and doubles none; whether it may starve one is for its header to say.
 *
 * The numbers that cost something are kept for a policy that names them in `reads`, and for no other.
 */
export interface Policy {
  /** Whether a task that was just woken may run next, past the policy, at most three times in a row. */
  readonly lifoSlot: boolean;
  /** Which of the measured numbers the policy reads; none where it is left out. */
  readonly reads?: readonly MeasuredNumber[];
  push(task: Ready): void;
  pop(): Ready | undefined;
  /** Takes a task out that will not run: it was aborted before it began. Answers `false` when it was not there. */
  remove(task: Ready): boolean;
  readonly size: number;
}

/** What of a `Ready` is measured for a policy that reads it. */
export type MeasuredNumber = 'usedMs' | 'readySinceMs';

/** What a policy may know about a task that is ready to run. */
export interface Ready {
  readonly id: TaskId;
  /** Larger is more urgent; 0 where none was given. */
  readonly priority: number;
  /** By when the task should be done, on the executor's clock in milliseconds; Infinity where none was given. */
  readonly deadlineMs: number;
  /** Its share in a lottery; 1 where none was given. */
  readonly tickets: number;
  /**
   * How long its polls have held the thread, in milliseconds. What an async task does behind a promise of somebody
   * else is not in it. Throws an `Error` unless the policy `reads` it.
   */
  readonly usedMs: number;
  /** Since when it is ready, on the executor's clock in milliseconds. Throws an `Error` unless the policy `reads` it. */
  readonly readySinceMs: number;
}

/** A policy whose tasks can be listed, without taking them out: what an executor has. */
export interface ListedPolicy extends Policy, Iterable<Ready> {
  /** Whether a task that was aborted before it began keeps its place until its turn: where taking one out is slow. */
  readonly keepsAborted?: boolean;
}
