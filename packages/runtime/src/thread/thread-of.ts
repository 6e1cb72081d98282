import { safeInspect } from '../base/safe-inspect.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Thread } from '../wire/thread.js';
import { ThreadJob } from './thread-job.js';

/** See `thread.of`. */
export function threadOf(handle: JoinHandle<unknown>): Thread {
  const owner: unknown = handle instanceof TaskHandle ? TaskHandle.taskOf(handle).owner : undefined;
  if (owner instanceof ThreadJob) return owner.thread;
  throw new TypeError(`thread.of: expected a handle of thread.spawn, got ${safeInspect(handle, 100)}`);
}
