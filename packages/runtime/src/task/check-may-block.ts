import { isMainThread } from 'node:worker_threads';
import { otherTasks } from './other-tasks.js';

/**
 * Throws an `Error` where this OS thread must not be blocked: the main thread, whose event loop everybody waits for,
 * and a thread whose executor has other tasks than the one that asks. None of them would be polled meanwhile, and
 * one of them may be what is waited for.
 *
 * `instead` is what to write in its place. A plain `Worker` that runs no task of ours may block.
 */
export function checkMayBlock(caller: string, instead: string): void {
  if (isMainThread) {
    throw new Error(`${caller}: the main thread cannot be blocked. Write \`await ${instead}\`.`);
  }
  checkNoOtherTasks(caller, instead);
}

/**
 * The half of it that harms tasks of ours. It lets the main thread be blocked where it has none: by what is asked
 * for by its name, to block, as `thread.park` is.
 */
export function checkNoOtherTasks(caller: string, instead: string): void {
  const others = otherTasks();
  if (others === 0) return;
  const tasks = others === 1 ? '1 other task' : `${others} other tasks`;
  throw new Error(
    `${caller}: this thread has ${tasks}, which would not run meanwhile. Write \`await ${instead}\`.`,
  );
}
