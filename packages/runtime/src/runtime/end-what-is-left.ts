import type { Executor } from '../executor/executor.js';
import { endPoolJobs, hasPoolJobs } from '../pool/live-pools.js';
import { aliveCount, endThreads } from '../thread/live-threads.js';
import { endAll } from './end-all.js';

/**
 * Ends what must not outlive a program, or a thread's function: the tasks of its executor, its threads and its jobs.
 *
 * `because` is said in the outcome of each.
 */
export async function endWhatIsLeft(executor: Executor, because: string): Promise<void> {
  const endJobs = (): Promise<unknown> => Promise.all([endThreads(because), endPoolJobs(because)]);
  await Promise.all([endAll(executor, Number.POSITIVE_INFINITY, because), endJobs()]);
  // The cleanup of a task may have started another thread.
  await endJobs();
}

/** Whether there is anything that `endWhatIsLeft` would end. */
export function isAnythingLeft(executor: Executor): boolean {
  return executor.spawned !== executor.settled || aliveCount() > 0 || hasPoolJobs();
}
