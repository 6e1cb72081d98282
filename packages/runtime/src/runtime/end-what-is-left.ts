import type { Executor } from '../executor/executor.js';
import { endThreads } from '../thread/live-threads.js';
import { endAll } from './end-all.js';

/**
 * Ends what must not outlive a program, or a thread's function: the tasks of its executor, and its threads.
 *
 * `because` is said in the outcome of each.
 */
export async function endWhatIsLeft(executor: Executor, because: string): Promise<void> {
  await Promise.all([endAll(executor, Number.POSITIVE_INFINITY, because), endThreads(because)]);
  // The cleanup of a task may have started another thread.
  await endThreads(because);
}
