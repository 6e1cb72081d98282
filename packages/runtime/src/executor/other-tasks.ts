import { currentTask } from '../task/current.js';
import { fillOtherTasks } from '../task/other-tasks.js';
import { isSettled } from '../task/state.js';
import { Executor } from './executor.js';

/** The executors of this thread. Nobody is kept alive for being counted. */
const executors = new Set<WeakRef<Executor>>();

/** Counts the tasks of `executor` among those that a blocked thread would hold up. */
export function countTasksOf(executor: Executor): void {
  if (executors.size === 0) fillOtherTasks(otherTasks);
  executors.add(new WeakRef(executor));
}

function otherTasks(): number {
  let alive = 0;
  for (const reference of executors) {
    const executor = reference.deref();
    if (executor === undefined) executors.delete(reference);
    else alive += executor.tasksAlive;
  }
  const me = currentTask();
  return me !== undefined && me.owner instanceof Executor && !isSettled(me) ? alive - 1 : alive;
}
