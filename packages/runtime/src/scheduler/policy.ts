import type { TaskId } from '../base/task-id.js';

/**
 * Who is next: the part of a scheduler that a user-space runtime may swap.
 *
 * The executor pushes a task when it becomes ready and pops one for each poll. A policy never sees a task
 * twice at a time, loses none and doubles none; whether it may starve one is for its header to say.
 */
export interface Policy {
  /** Whether a task that was just woken may run next, past the policy, at most three times in a row. */
  readonly lifoSlot: boolean;
  push(task: Ready): void;
  pop(): Ready | undefined;
  /** Takes a task out that will not run. Answers `false` when it was not there. */
  remove(task: Ready): boolean;
  readonly size: number;
}

/** What a policy may know about a task that is ready to run. */
export interface Ready {
  readonly id: TaskId;
  /** Larger is more urgent; 0 where none was given. */
  readonly priority: number;
  /** By when the task should be done, on the executor's clock in milliseconds; Infinity where none was given. */
  readonly deadlineMs: number;
}
