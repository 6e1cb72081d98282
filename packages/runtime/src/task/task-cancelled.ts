/**
 * Is thrown by the operation that an aborted async task waits for, and by every operation after it.
 *
 * Let it pass: `finally` blocks run, and the handle settles *cancelled*. Its `name` is `AbortError`, as Node's
 * own cancellations have it, and `cause` is what was given to `abort(reason)`.
 *
 * A generator task is not told by a throw: its `return()` is called, which runs `finally` and no `catch`.
 *
 * @example
 * const handle = spawn(async () => {
 *   try {
 *     await sleep(60_000);
 *   } catch (error) {
 *     console.log(error instanceof TaskCancelled); // true
 *     throw error;
 *   }
 * });
 * await sleep(1);
 * handle.abort();
 * console.log((await handle).ok); // false
 */
export class TaskCancelled extends Error {
  override readonly name = 'AbortError';
  readonly code = 'ERR_TASK_CANCELLED';

  /** Not for programs: an abort makes it. */
  constructor(id: number, reason?: unknown) {
    // The stack would name the executor, and costs three times the rest of an abort.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(`task ${id} was cancelled`, reason === undefined ? undefined : { cause: reason });
    Error.stackTraceLimit = limit;
  }
}
