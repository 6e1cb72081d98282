import { currentExecutor } from '../executor/current-executor.js';
import './default-executor.js';
import { type LocalSpawn, spawnOn } from './spawn-on.js';

/**
 * Starts a task on this thread's user-space scheduler, and returns at once: no line of it runs before its first poll.
 *
 * Takes a generator function, an async function, a plain function, a generator object, or a reference from
 * `tasksFrom()`. It runs on the runtime of the current task, else on the process's default one. A throw in it
 * is a panic of the task, not of the caller. Throws a `TypeError` for a promise, whose work has already begun,
 * and for an async generator. Source: `tokio::task::spawn`.
 *
 * @example
 * const handle = spawn(function* (name: string) {
 *   yield* sleep(10);
 *   return `hello, ${name}`;
 * }, 'world');
 * console.log((await handle).unwrap());
 */
export const spawn: LocalSpawn = spawnOn('spawn', currentExecutor);
