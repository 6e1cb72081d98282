/** The pools of this thread that have work: what must end before it does. */
const busy = new Set<LivePool>();

/** A pool was given its first job, or its last one has settled. */
export function notePool(pool: LivePool, isBusy: boolean): void {
  if (isBusy) busy.add(pool);
  else busy.delete(pool);
}

/** Whether a pool of this thread has a job that has not settled. */
export function hasPoolJobs(): boolean {
  return busy.size > 0;
}

/** Aborts every job of this thread's pools, and waits until all have settled. Each has its grace. */
export async function endPoolJobs(because: string): Promise<void> {
  await Promise.all([...busy].map((pool) => pool.endJobs(because)));
}

/** A pool, as far as its end goes. */
export interface LivePool {
  endJobs(because: string): Promise<void>;
}
