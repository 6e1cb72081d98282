import type { JoinHandle } from '../task/join-handle.js';
import type { TaskFn } from '../wire/task-fn.js';

/**
 * Starts a task function, and gives the handle of the task. Every spawner of this library fits it.
 *
 * It comes from a method, whose parameters the type checker compares both ways: a `ThreadSpawn` asks more of its
 * function than this does, by a check that is only decided for the function itself.
 */
export type Spawn = Spawner['spawn'];

interface Spawner {
  spawn<A extends unknown[], T>(fn: TaskFn<A, T>, ...args: A): JoinHandle<T>;
}
