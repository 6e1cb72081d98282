import { Err, Ok, type Result } from '../base/result.js';
import {
  cancelledError,
  crashError,
  type JoinError,
  type JoinErrorOptions,
  panicError,
} from '../task/join-error.js';
import type { Task } from '../task/task.js';
import { decodeThrown } from '../wire/error-codec.js';
import { decodeResult } from '../wire/job-result.js';
import type { ThreadAnswer } from '../wire/thread-messages.js';
import { crashOf } from './crash.js';
import { ASKED, KILLED, NOT_ASKED, type ThreadEnd } from './thread-end.js';

/**
 * The outcome of a thread that is gone, from what was heard of it. Never throws.
 *
 * The order of the questions is the order of the causes. An answer was given before anything that happened
 * after it. A thread that we terminated says no more. Anything else is an end that nobody asked for, a crash;
 * save that a body which was asked to end may do so by `process.exit()`.
 */
export function outcomeOf<T>(task: Task<T>, end: ThreadEnd): Result<T, JoinError> {
  if (end.answer !== undefined) return answered(task, end.answer, end.abort !== NOT_ASKED);
  const hasFailed = end.failed !== undefined;
  if (end.unreadable !== undefined && !hasFailed && end.leaving === undefined) {
    return Err(unreadable(task, end.unreadable));
  }
  if (end.abort === KILLED) return Err(cancelled(task));
  if (end.abort === ASKED && !hasFailed) return Err(cancelled(task));
  const { what, cause } = crashOf(end);
  return Err(crashError(task.id, what, { ...known(task), ...cause }));
}

/** A task that was aborted, by whom its attributes say. */
export function cancelled(task: Task<unknown>, more?: { readonly abandoned: true }): JoinError {
  const { attributes } = task;
  const reason = attributes?.abortReason;
  const options: JoinErrorOptions = { ...known(task), ...more };
  return cancelledError(
    task.id,
    reason === undefined ? options : { ...options, cause: reason },
    attributes?.cancelledBecause,
  );
}

function answered<T>(task: Task<T>, answer: ThreadAnswer, asked: boolean): Result<T, JoinError> {
  switch (answer.heddle) {
    case 'value':
      return asked ? Err(cancelled(task)) : readValue(task, answer);
    case 'panic':
      return Err(panicError(task.id, decodeThrown(answer.thrown), task.name, task.attributes?.spawnedAt));
    case 'cancelled':
      if (answer.because !== undefined) task.withAttributes().cancelledBecause ??= answer.because;
      return Err(cancelled(task));
  }
}

function readValue<T>(task: Task<T>, answer: ThreadAnswer & { heddle: 'value' }): Result<T, JoinError> {
  try {
    return Ok(decodeResult(answer.payload) as T);
  } catch (error) {
    return Err(unreadable(task, error));
  }
}

function unreadable(task: Task<unknown>, cause: unknown): JoinError {
  const error = new TypeError('the result could not be read by the thread that spawned the task', { cause });
  return panicError(task.id, error, task.name, task.attributes?.spawnedAt);
}

function known({ name, attributes }: Task<unknown>): JoinErrorOptions {
  return { taskName: name, spawnedAt: attributes?.spawnedAt };
}
