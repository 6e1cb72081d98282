/**
 * The stop flag of the thread that this is, where it runs a job that can be aborted from outside.
 *
 * A slot: the far side of a thread fills it, so that a task can look at the flag without knowing of threads.
 * An abort is told to a running body by a message, which a tight loop never receives; the flag it can read.
 */
let flag: { isStopped(): boolean } | undefined;

/** Whether this thread was asked to stop: one atomic load. False on a thread that nobody spawned. */
export function isThreadStopped(): boolean {
  return flag?.isStopped() === true;
}

/** Says where this thread's flag is. */
export function fillStopFlag(words: { isStopped(): boolean }): void {
  flag = words;
}
