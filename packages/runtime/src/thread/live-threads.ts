import { isAborted } from '../task/state.js';
import type { Task } from '../task/task.js';

/**
 * The threads that this thread has started and that are not gone yet: how many they are, and how they end.
 *
 * A thread costs 10 MB and, with a few hundred of them, the kernel more time than they use; so there is a
 * limit, which a program meets as an error at the spawn and not as a machine that stands still.
 */

/** How many threads one thread may have at a time. */
export const MOST_THREADS = 256;

const alive = new Set<Task<unknown>>();

/** Counted where it happens. */
export const counters = { threadsStarted: 0, sparesTaken: 0, messagesSent: 0, messagesReceived: 0 };

/** Throws a `RangeError` when no thread may be added. */
export function checkThreadLimit(): void {
  if (alive.size < MOST_THREADS) return;
  throw new RangeError(
    `thread.spawn: ${MOST_THREADS} threads are alive, which is the most that thread.spawn has at a time. Await some of their handles first, or give each thread more than one piece of work.`,
  );
}

/** How many threads are not gone yet. */
export function aliveCount(): number {
  return alive.size;
}

/** Whether somebody waits for the end of one of them. */
export function isThreadJoined(): boolean {
  for (const { joiners } of alive) if (joiners !== undefined) return true;
  return false;
}

/** A thread was started for `task`. */
export function addThread(task: Task<unknown>): void {
  counters.threadsStarted += 1;
  alive.add(task);
}

/** The thread of `task` is gone, which may be later than the task's end. */
export function removeThread(task: Task<unknown>): void {
  alive.delete(task);
}

/**
 * Aborts every thread that this thread has started, and waits until their tasks have settled. Each has its grace.
 *
 * `because` is said in the outcome of each.
 */
export async function endThreads(because: string): Promise<void> {
  const ends = [...alive].map((task) => {
    // Who was asked to end before has a cause of its own.
    if (!isAborted(task)) task.withAttributes().cancelledBecause = because;
    task.abort();
    return new Promise<void>((resolve) => task.afterwards(resolve));
  });
  await Promise.all(ends);
}
