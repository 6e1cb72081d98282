import { isGenerator } from '../base/generator.js';
import { GeneratorBranch } from '../task/generator-branch.js';
import { Operation } from '../task/operation.js';
import { loadTask } from '../wire/load-task.js';
import { readTaskRef, type TaskRef } from '../wire/task-ref.js';

/** The body of a task that was spawned from a reference on this thread: loads the module, then runs it here. */
export async function callReference(reference: TaskRef<unknown>, args: readonly unknown[]): Promise<unknown> {
  const fn = await loadTask(readTaskRef(reference));
  const returned = fn(...args);
  return isGenerator(returned) ? new Operation(new GeneratorBranch(returned)) : returned;
}
