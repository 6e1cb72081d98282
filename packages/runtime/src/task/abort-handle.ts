import type { TaskId } from '../base/task-id.js';
import { isSettled } from './state.js';
import type { Task } from './task.js';

/**
 * The right to abort one task, without the right to join it. It may outlive the `JoinHandle`.
 *
 * Source: `tokio::task::AbortHandle`.
 *
 * @example
 * const handle = spawn(() => sleep(60_000));
 * const stop = handle.abortHandle();
 * stop.abort();
 * console.log((await handle).ok, stop.isFinished()); // false true
 */
export class AbortHandle {
  readonly #task: Task<never>;

  /** Not for programs: `handle.abortHandle()` gives one. */
  constructor(task: Task<unknown>) {
    this.#task = task as Task<never>;
  }

  /** Which task it is. */
  get id(): TaskId {
    return this.#task.id;
  }

  /** The name that the task's builder gave it. */
  get name(): string | undefined {
    return this.#task.name;
  }

  /** Asks the task to end, as `JoinHandle.abort` does. */
  abort(reason?: unknown): void {
    this.#task.abort(reason);
  }

  /** Whether the task has settled. */
  isFinished(): boolean {
    return isSettled(this.#task);
  }
}

/** The right to abort `task`. */
export function abortHandleOf<T>(task: Task<T>): AbortHandle {
  return new AbortHandle(task as Task<unknown>);
}
