import type { JoinHandle } from '../task/join-handle.js';
import type { SendCheck } from '../wire/send-check.js';
import type { TaskFn } from '../wire/task-fn.js';

/**
 * Starts a task function on another thread, and gives the handle of the task.
 *
 * It is a `Spawn` whose arguments and result must be able to cross: the type checker names the first thing
 * that cannot.
 */
export type ThreadSpawn = <A extends unknown[], T>(
  fn: TaskFn<A, T> & SendCheck<A, T>,
  ...args: A
) => JoinHandle<T>;
