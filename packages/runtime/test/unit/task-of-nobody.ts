import { Task, type TaskOwner } from '../../src/task/task.js';

/** A task that nobody runs: it settles when a test says so. */
export function taskOfNobody<T = unknown>(): Task<T> {
  return new Task<T>(nobody, undefined, undefined);
}

const nobody: TaskOwner = {
  enqueue: () => undefined,
  abort: () => undefined,
  mayWait: () => false,
  nowMs: () => 0,
  ended: () => undefined,
  detach: () => undefined,
};
