import { loadTask } from '../wire/load-task.js';
import { readTaskRef, type TaskRef } from '../wire/task-ref.js';

/** The body of a task that was spawned from a reference on this thread: loads the module, then runs it here. */
export async function callReference(reference: TaskRef<unknown>, args: readonly unknown[]): Promise<unknown> {
  const fn = await loadTask(readTaskRef(reference));
  return fn(...args);
}
