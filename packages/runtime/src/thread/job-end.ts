import { printable } from '../base/printable.js';
import type { Result } from '../base/result.js';
import { writeStderr } from '../base/stderr.js';
import type { JoinError } from '../task/join-error.js';
import { reportPanic } from '../task/panic-hook.js';
import type { Task } from '../task/task.js';
import type { ThreadAnswer } from '../wire/thread-messages.js';

/** How a task ends that runs on another thread, its own or a pool's. */

/** How long after an abort a body may go on, by default. */
export const GRACE_MS = 100;
/** How long a thread may take to be gone when it has answered or was terminated. */
export const LEAVE_MS = 1000;

/**
 * Settles the task, and reports a panic or a crash unless the thread has done so itself. `joined`: somebody waits for
 * the outcome.
 */
export function settleJob<T>(
  task: Task<T>,
  outcome: Result<T, JoinError>,
  answer: ThreadAnswer | undefined,
  joined: boolean = task.joiners !== undefined,
): void {
  if (!task.settle(outcome) || outcome.ok || outcome.error.isCancelled()) return;
  const { error } = outcome;
  if (answer?.heddle === 'panic' && answer.reported) return;
  const { id, name, attributes } = task;
  reportPanic({ id, name, error, payload: error.cause, joined, spawnedAt: attributes?.spawnedAt });
}

/** Says on stderr that the thread of a task is still there long after it was terminated. */
export function reportAbandoned({ id, name }: Task<unknown>): void {
  const named = name === undefined ? '' : ` "${printable(name)}"`;
  writeStderr(
    `heddle: task ${id}${named} was abandoned: its thread had not ended ${LEAVE_MS} ms after it was terminated\n`,
  );
}
