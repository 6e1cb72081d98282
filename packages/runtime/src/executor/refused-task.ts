import { Err } from '../base/result.js';
import { cancelledError } from '../task/join-error.js';
import { Task, type TaskOwner } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';

/** Said in the outcome of a task whose runtime ended before it. */
export const SHUT_DOWN = 'its runtime was shut down';

/** A task that nobody runs, since its executor is closed: it has settled before it is handed out. */
export function refusedTask<T>(attributes: TaskAttributes | undefined, because: string): Task<T> {
  const task = new Task<T>(NOBODY, undefined, attributes);
  task.settle(Err(cancelledError(task.id, { taskName: task.name }, because)));
  return task;
}

const NOBODY: TaskOwner = {
  enqueue: () => undefined,
  abort: () => undefined,
  mayWait: () => true,
  nowMs: () => 0,
  ended: () => undefined,
  detach: () => undefined,
};
