import { availableParallelism } from 'node:os';
import { osThreadId } from '../base/os-thread.js';
import { type ThreadMetrics, threadMetrics } from '../thread/live-threads.js';
import { startThread } from '../thread/start-thread.js';
import { checkedThreadOptions, type ThreadOptions } from '../thread/thread-options.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';

/**
 * OS threads: computations that the kernel schedules, each in an isolate of its own.
 *
 * Source: `std::thread`.
 *
 * @example
 * const handle = thread.spawn((limit) => {
 *   let sum = 0;
 *   for (let n = 0; n < limit; n += 1) sum += n;
 *   return sum;
 * }, 1_000);
 * console.log((await handle).unwrap()); // 499500
 */
export const thread: ThreadNamespace = {
  spawn: (fn, ...args) => startThread({}, fn, args),

  builder(options) {
    const kept = checkedThreadOptions(options);
    return { spawn: (fn, ...args) => startThread(kept, fn, args) };
  },

  availableParallelism,
  osThreadId,
  metrics: threadMetrics,
};

export interface ThreadNamespace {
  /**
   * Starts a task function on an OS thread of its own, and returns at once.
   *
   * The thread runs in parallel with this one, and the kernel preempts it: nothing that it does holds up this
   * thread. It takes tens of milliseconds to start: V8 makes an isolate, and this library is loaded in it. It ends
   * when the function has ended: tasks and threads that it left are aborted first. The function may be async or a
   * generator, and `spawn`, `sleep` and the rest work inside.
   *
   * **Abort.** A function that has not begun never does. A running one is asked: `task.signal` fires, and
   * `task.isAborted()` is true even in a loop that never gives up the thread; after `graceMs` the thread is
   * terminated, and then no `finally` runs. The handle gives *cancelled* all the same; a value only when it was
   * answered before the abort. A throw in the cleanup is a *panic*.
   *
   * **Crash.** A thread that goes away without an answer (`process.exit()`, an error that nobody caught, out of
   * memory) gives a `JoinError` of kind `crash`. A module that cannot be loaded is a *panic*.
   *
   * Throws a `TypeError` for a function or an argument that cannot cross, by name, and a `RangeError` when 256
   * threads are alive. Source: `std::thread::spawn`.
   */
  readonly spawn: ThreadSpawn;
  /**
   * Prepares a spawn with options, to be used any number of times. Throws a `TypeError` or `RangeError` that
   * names the option which is wrong; what only Node can tell (`execArgv`) is thrown by its `spawn`. What is in
   * the options is copied here: a later change reaches no thread. Source: `std::thread::Builder`.
   *
   * @example
   * const limited = thread.builder({ name: 'crunch', timeoutMs: 5_000, resourceLimits: { maxOldGenerationSizeMb: 64 } });
   * const handle = limited.spawn((text) => text.length, 'heddle');
   * console.log((await handle).unwrap()); // 6
   */
  builder(options: ThreadOptions): ThreadBuilder;
  /** How many threads the machine runs at a time for this process. Source: `std::thread::available_parallelism`. */
  availableParallelism(): number;
  /**
   * The id by which the kernel knows the thread that calls, in a thread function too: the one under
   * `/proc/self/task`. `undefined` where that cannot be had, which is everywhere but on Linux.
   */
  osThreadId(): number | undefined;
  /** Counts the threads that this thread has started, and the messages between. */
  metrics(): ThreadMetrics;
}

/** A `thread.spawn` that was prepared with options. It may be used many times. */
export interface ThreadBuilder {
  readonly spawn: ThreadSpawn;
}
