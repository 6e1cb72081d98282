import type { TaskId } from '../base/task-id.js';
import { currentTask } from '../task/current.js';
import { isAborted } from '../task/state.js';
import { isThreadStopped } from '../task/stop-flag.js';
import { type TaskBuilder, type TaskOptions, taskBuilder } from './task-builder.js';

/**
 * The current task, and how to spawn one with more than a function.
 *
 * Source: the free functions of `tokio::task`, and `tokio::task::Builder`.
 *
 * @example
 * const handle = task.builder({ name: 'crawler' }).spawn(async () => task.id());
 * console.log((await handle).unwrap() === handle.id); // true
 */
export const task: TaskNamespace = {
  id() {
    const id = currentTask()?.id;
    if (id === undefined) throw new Error("Can't get a task id when not inside a task. Use task.tryId().");
    return id;
  },

  tryId: () => currentTask()?.id,

  get signal() {
    const current = currentTask();
    if (current === undefined) throw new Error("Can't get a task's signal when not inside a task.");
    return current.signal();
  },

  isAborted() {
    const current = currentTask();
    return current !== undefined && (isAborted(current) || isThreadStopped());
  },

  builder: taskBuilder,
};

/** What `task` has. */
export interface TaskNamespace {
  /** The id of the current task. Throws an `Error` outside any. Source: `tokio::task::id`. */
  id(): TaskId;
  /** The id of the current task, or undefined outside any. Source: `tokio::task::try_id`. */
  tryId(): TaskId | undefined;
  /**
   * A signal that fires when the current task is aborted, in the same call. Give it to Node's own operations.
   *
   * Throws an `Error` outside any task.
   */
  readonly signal: AbortSignal;
  /**
   * Whether the current task was asked to end. False outside any task.
   *
   * On a thread of its own, also when the thread was: one atomic load, which a loop can afford that never gives
   * up the thread and so hears of nothing else.
   */
  isAborted(): boolean;
  /** Prepares a spawn with options. Throws a `TypeError` or `RangeError` that names the option which is wrong. */
  builder(options: TaskOptions): TaskBuilder;
}
