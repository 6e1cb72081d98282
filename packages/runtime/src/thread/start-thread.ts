import { abortOnSignal } from '../task/abort-on-signal.js';
import { JoinError } from '../task/join-error.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Task } from '../task/task.js';
import { TaskCancelled } from '../task/task-cancelled.js';
import { leaveBehind } from '../wire/movable-class.js';
import { registerOwnClasses } from '../wire/own-classes.js';
import { prepareJob } from '../wire/prepare-job.js';
import { spawnSite } from '../wire/spawn-site.js';
import '../sharing/index.js';
import { checkThreadLimit } from './live-threads.js';
import { ThreadJob } from './thread-job.js';
import type { ThreadOptions } from './thread-options.js';

registerOwnClasses({ JoinError, TaskCancelled });

/** Starts one thread for one call. Whatever is wrong with the call is thrown here, and then no thread was started. */
export function startThread(
  options: ThreadOptions,
  fn: unknown,
  args: readonly unknown[],
): JoinHandle<never> {
  checkThreadLimit();
  const prepared = prepareJob('thread.spawn', fn, args);
  const { name, signal } = options;
  // A thread takes so long to start that finding out who asked for it costs nothing beside.
  const job = new ThreadJob<never>(options, { name, spawnedAt: spawnSite(prepared.site) });
  if (signal?.aborted !== true) job.start(prepared);
  if (signal !== undefined) abortOnSignal(job.task as Task<unknown>, signal);
  if (signal?.aborted === true) {
    leaveBehind(prepared.transfer);
    job.cancel();
  }
  return new TaskHandle(job.task);
}
