import { endThreads } from '../thread/live-threads.js';

/**
 * Ends what must not outlive a program, or a thread's function, besides the tasks of its executor.
 *
 * `because` is said in the outcome of each.
 */
export function endOthers(because: string): Promise<void> {
  return endThreads(because);
}
