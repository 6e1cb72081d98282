/**
 * How many tasks this thread has besides the one that asks: those that would stand still while it is blocked.
 *
 * A slot: the executor's floor fills it, so that who blocks need not know of executors.
 */
let count: () => number = () => 0;

/** Says how the tasks of this thread are counted, without the one that runs. */
export function fillOtherTasks(counted: () => number): void {
  count = counted;
}

export function otherTasks(): number {
  return count();
}
