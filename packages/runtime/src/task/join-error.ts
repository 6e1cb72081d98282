import { errorMessage, errorStack, isError } from '../base/error-text.js';
import { debugQuote, printable } from '../base/printable.js';
import { Err, Ok, type Result } from '../base/result.js';
import type { TaskId } from '../base/task-id.js';

/**
 * Why a task has no value: the only error that a handle gives.
 *
 * It owns the three ways a task can end without one and their texts, which are tokio's.
 *
 * It inherits from `Error` without being made by it, as `DOMException` is: `instanceof Error` holds and it
 * prints as an error. One is made for each aborted task, and on Node 20 `new Error` costs 2,800 ns, 340 ns
 * with `Error.stackTraceLimit = 0` around it, and this 40 ns. Nothing is lost: the stack of the place where
 * a runtime notices a panic says nothing. So `stack` says where the task was spawned, where that is known, as
 * it is of every thread: what was thrown is the `cause`, with the frames of its own thread, and a console shows
 * both. Otherwise it shows the frames of the panic itself, when asked.
 * Rejected besides: a real `Error` built on first access (the handle would have to hand out a proxy).
 */

/** How a task ended without a value. */
export type JoinErrorKind = 'panic' | 'cancelled' | 'crash';

/** The `code` of a `JoinError`, one for each kind. */
export type JoinErrorCode = 'ERR_TASK_PANIC' | 'ERR_TASK_CANCELLED' | 'ERR_TASK_CRASH';

/**
 * Says why a task has no value: its body threw, it was cancelled, or its thread went away.
 *
 * `task 7 panicked with message "boom"`, `task 7 was cancelled`, `task 7 crashed: its thread ran out of
 * memory`. Names are not part of the text, as in tokio: a task's name is in `taskName`.
 *
 * Source: `tokio::task::JoinError`; `crash` is Node's own, since there a thread can vanish.
 *
 * @example
 * const result = await spawn(() => JSON.parse('{'));
 * if (!result.ok && result.error.isPanic()) console.error(result.error.intoPanic());
 */
export class JoinError implements Error {
  declare readonly name: 'JoinError';
  /** Which of the three ends it was. */
  readonly kind: JoinErrorKind;
  /** The same as `kind`, in the form that Node's own errors have. */
  readonly code: JoinErrorCode;
  /** Which task it was. */
  readonly id: TaskId;
  /** The text, with everything that could move a terminal's cursor escaped. */
  readonly message: string;
  /** The name that the task was given, where it was given one. */
  declare readonly taskName?: string;
  /**
   * A panic's payload, the reason of an abort or what made a thread crash.
   *
   * Absent where there is none. A panic always has one, though it may be `undefined`.
   */
  declare readonly cause?: unknown;
  /** See `isAbandoned()`. */
  declare readonly abandoned?: true;

  /** Not for programs: a task's end makes it. */
  constructor(kind: JoinErrorKind, id: TaskId, message: string, task?: JoinErrorOptions) {
    this.kind = kind;
    this.code = CODES[kind];
    this.id = id;
    this.message = message;
    if (task !== undefined) attach(this, task);
  }

  /** Whether the body threw. Source: `JoinError::is_panic`. */
  isPanic(): boolean {
    return this.kind === 'panic';
  }

  /** Whether the task was aborted before it could end. Source: `JoinError::is_cancelled`. */
  isCancelled(): boolean {
    return this.kind === 'cancelled';
  }

  /** Whether the task's thread went away under it: `process.exit()`, out of memory. */
  isCrash(): boolean {
    return this.kind === 'crash';
  }

  /**
   * Whether the task was cancelled while its body was still going, because it would not end after the abort.
   *
   * What such a body does later is ignored, but it may still do it.
   */
  isAbandoned(): boolean {
    return this.abandoned === true;
  }

  /**
   * Gives what the body threw, the very value. Throws an `Error` when the task did not panic.
   *
   * Source: `JoinError::into_panic`.
   */
  intoPanic(): unknown {
    if (this.kind !== 'panic') throw new Error('`JoinError` reason is not a panic.', { cause: this });
    return this.cause;
  }

  /** Gives what the body threw as `Ok`, or this error as `Err`. Source: `JoinError::try_into_panic`. */
  tryIntoPanic(): Result<unknown, JoinError> {
    return this.kind === 'panic' ? Ok(this.cause) : Err(this);
  }

  /** The text, then where the task was spawned; where that is not known, the frames of what was thrown. */
  get stack(): string {
    return `JoinError: ${this.message}${this.kind === 'cancelled' ? '' : framesOf(this.cause)}`;
  }

  // Programs and test runners write to an error's stack; a getter alone would make that throw.
  set stack(stack: string) {
    Object.defineProperty(this, 'stack', { value: stack, writable: true, configurable: true });
  }
}

/** What a `JoinError` may know besides the kind and the id. */
export interface JoinErrorOptions {
  /** The task's name, for a task that has one. */
  readonly taskName?: string | undefined;
  /** What `cause` will be. Give the key to give `undefined` as the cause. */
  readonly cause?: unknown;
  /** Set for a task that was left running. */
  readonly abandoned?: boolean | undefined;
  /** Where the task was spawned, where that was noted: `/app/main.js:12:5`. */
  readonly spawnedAt?: string | undefined;
}

/** The end of a task whose body threw `payload`. */
export function panicError(id: TaskId, payload: unknown, taskName?: string, spawnedAt?: string): JoinError {
  const known = { cause: payload, taskName, spawnedAt };
  return new JoinError('panic', id, `task ${id} ${describePanic(payload)}`, known);
}

/**
 * The end of a task that was aborted.
 *
 * `because` is added to the text and says who aborted it, where that was not the handle:
 * `task 7 was cancelled: its runtime was shut down`.
 */
export function cancelledError(id: TaskId, task?: JoinErrorOptions, because?: string): JoinError {
  const tail = because === undefined ? '' : `: ${printable(because)}`;
  return new JoinError('cancelled', id, `task ${id} was cancelled${tail}`, task);
}

/** The end of a task whose thread went away. `what` says how, as in `its thread ran out of memory`. */
export function crashError(id: TaskId, what: string, task?: JoinErrorOptions): JoinError {
  return new JoinError('crash', id, `task ${id} crashed: ${printable(what)}`, task);
}

/**
 * What a panic's text says after the task's id: `panicked with message "boom"` for an error or a string,
 * `panicked` for anything else. Never throws, whatever was thrown.
 */
export function describePanic(payload: unknown): string {
  const message = typeof payload === 'string' ? payload : messageOf(payload);
  return message === undefined ? 'panicked' : `panicked with message ${debugQuote(message)}`;
}

const CODES: Readonly<Record<JoinErrorKind, JoinErrorCode>> = {
  panic: 'ERR_TASK_PANIC',
  cancelled: 'ERR_TASK_CANCELLED',
  crash: 'ERR_TASK_CRASH',
};

// `name` is a data property of the prototype, as in the built-in errors, so it is not printed as a field.
Object.setPrototypeOf(JoinError.prototype, Error.prototype);
Object.defineProperty(JoinError.prototype, 'name', {
  value: 'JoinError',
  writable: true,
  configurable: true,
});

/** Absent keys stay absent, so that a printed error shows only what there is to know. */
function attach(error: { -readonly [K in keyof JoinError]: JoinError[K] }, task: JoinErrorOptions): void {
  if (task.taskName !== undefined) error.taskName = task.taskName;
  if ('cause' in task) error.cause = task.cause;
  if (task.abandoned === true) error.abandoned = true;
  if (task.spawnedAt === undefined) return;
  // As a frame, since that is what a console and an editor make a link of.
  error.stack = `JoinError: ${error.message}\n    at spawned (${printable(task.spawnedAt)})`;
}

function messageOf(payload: unknown): string | undefined {
  return isError(payload) ? errorMessage(payload) : undefined;
}

function framesOf(thrown: unknown): string {
  const stack = isError(thrown) ? errorStack(thrown) : undefined;
  const frames = stack === undefined ? -1 : stack.search(/\n {4}at /);
  return stack === undefined || frames < 0 ? '' : printable(stack.slice(frames), true);
}
