import type { JoinHandle } from '../task/join-handle.js';
import type { TaskFn } from '../wire/task-fn.js';

/** Starts a task function, and gives the handle of the task. Every spawner of this library fits it. */
export type Spawn = <A extends unknown[], T>(fn: TaskFn<A, T>, ...args: A) => JoinHandle<T>;
