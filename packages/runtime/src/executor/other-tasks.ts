import { currentTask } from '../task/current.js';
import { fillOtherTasks } from '../task/other-tasks.js';
import { isSettled } from '../task/state.js';
import { Executor } from './executor.js';
import { liveExecutors } from './live-executors.js';

/** Counts the tasks of this thread's executors among those that a blocked thread would hold up. */
export function countTasks(): void {
  fillOtherTasks(otherTasks);
}

function otherTasks(): number {
  const alive = liveExecutors().reduce((sum, executor) => sum + executor.tasksAlive, 0);
  const me = currentTask();
  return me !== undefined && me.owner instanceof Executor && !isSettled(me) ? alive - 1 : alive;
}
