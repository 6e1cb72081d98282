import { types } from 'node:util';
import { errorName, isError } from '../base/error-text.js';
import { printable } from '../base/printable.js';
import { Err, Ok, type Result } from '../base/result.js';
import { writeStderr } from '../base/stderr.js';
import { cancelledError, type JoinErrorOptions, panicError } from '../task/join-error.js';
import { reportPanic } from '../task/panic-hook.js';
import { REFUSALS } from '../task/patience.js';
import { isAborted, isSettled } from '../task/state.js';
import type { Task } from '../task/task.js';
import { TaskCancelled } from '../task/task-cancelled.js';
import type { Runner } from './runner.js';

/** Every way a task on an executor can end. Each settles it once and does nothing when it had settled. */

export function endWithValue<T>(task: Task<T>, value: T): void {
  task.settle(value === undefined ? (NO_VALUE as Result<T, never>) : Ok(value));
}

/** The outcome of every task that returns nothing, of which there may be a hundred thousand: one, that nobody can change. */
const NO_VALUE = Object.freeze(Ok(undefined));

export function endCancelled(task: Task<unknown>): void {
  const { attributes } = task;
  const error = cancelledError(task.id, explain(task), attributes?.cancelledBecause);
  task.settle(Err(error));
}

/** The body threw: a panic, unless it is aborted and what it threw is how an abort looks. */
export function endWithThrow(task: Task<unknown>, thrown: unknown): void {
  if (isAborted(task) && isCancellation(task, thrown)) {
    endCancelled(task);
    return;
  }
  if (isSettled(task)) return;
  const { id, name, attributes } = task;
  const error = panicError(id, thrown, name, attributes?.spawnedAt);
  const joined = task.joiners !== undefined;
  task.settle(Err(error));
  if (attributes?.unreported === true) return;
  reportPanic({ id, name, error, payload: thrown, joined, spawnedAt: attributes?.spawnedAt });
}

/** Why a body is abandoned that goes on through every refusal. */
export const SWALLOWED: string = `it went on through ${REFUSALS} operations that its abort had refused`;

/** Settles a task whose body is still going and will not be heard again. */
export function endAbandoned(runner: Runner, task: Task<unknown>, why: string): void {
  const error = cancelledError(
    task.id,
    { ...explain(task), abandoned: true },
    task.attributes?.cancelledBecause,
  );
  if (!task.settle(Err(error))) return;
  runner.abandoned += 1;
  const name = task.name === undefined ? '' : ` "${printable(task.name)}"`;
  writeStderr(`heddle: task ${task.id}${name} was abandoned: ${why}\n`);
}

function explain(task: Task<unknown>): JoinErrorOptions {
  const reason = task.attributes?.abortReason;
  const known = { taskName: task.name, spawnedAt: task.attributes?.spawnedAt };
  return reason === undefined ? known : { ...known, cause: reason };
}

// Node's own operations that were given `task.signal` throw an AbortError, or the signal's reason.
function isCancellation(task: Task<unknown>, thrown: unknown): boolean {
  // A proxy is never asked, since its traps may throw.
  if (types.isProxy(thrown)) return false;
  if (thrown instanceof TaskCancelled) return true;
  const signal = task.attributes?.signal?.signal;
  if (signal === undefined) return false;
  return thrown === signal.reason || (isError(thrown) && errorName(thrown) === 'AbortError');
}
