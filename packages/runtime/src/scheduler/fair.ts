import { KeyedQueue } from './keyed-queue.js';
import type { ListedPolicy, Ready } from './policy.js';

/** What a poll counts for at least, in milliseconds: a clock that stands still must not keep anybody waiting. */
const LEAST_MS = 0.001;

/**
 * Who has used the thread least is next; of equals, who came first.
 *
 * What counts is the time used while others were ready. A task that is new, or has slept, begins where the others
 * stand on average, so that it neither has to catch up nor may.
 *
 * No task starves. One that is ahead of the average by `lead` ms waits until the others have had as much. The
 * average, where newcomers begin, goes up with each poll by its time shared among all that are ready, so they come
 * before it only for so long. With `n` tasks ready at most it waits for no more than
 * `(2 × lead + the longest poll) × (n + 1)` ms of polls, of which each counts for a microsecond at least.
 */
export function fair(): ListedPolicy {
  const queue = new KeyedQueue();
  // Collected with their tasks.
  const standings = new WeakMap<Ready, Standing>();
  let averageMs = 0;
  let polled: Standing | undefined;
  let polledTask: Ready | undefined;

  /** Charges the poll that is over to its task, and its share to the average. */
  const charge = (): void => {
    if (polled === undefined || polledTask === undefined) return;
    const { usedMs } = polledTask;
    const costMs = Math.max(usedMs - polled.usedMs, LEAST_MS);
    polled.virtualMs += costMs;
    polled.usedMs = usedMs;
    averageMs += costMs / (queue.size + 1);
    polled = undefined;
    polledTask = undefined;
  };

  return {
    lifoSlot: false,
    reads: ['usedMs'],
    get size() {
      return queue.size;
    },

    push(task) {
      const goesOn = task === polledTask;
      if (goesOn) charge();
      let standing = standings.get(task);
      if (standing === undefined) {
        standing = { virtualMs: averageMs, usedMs: task.usedMs };
        standings.set(task, standing);
      } else if (!goesOn) standing.virtualMs = Math.max(standing.virtualMs, averageMs);
      queue.push(task, standing.virtualMs);
    },

    pop() {
      charge();
      const first = queue.pop();
      if (first === undefined) return undefined;
      polledTask = first.task;
      polled = standings.get(first.task);
      averageMs = Math.max(averageMs, first.key);
      return first.task;
    },

    remove: (task) => queue.remove(task),
    [Symbol.iterator]: () => queue[Symbol.iterator](),
  };
}

interface Standing {
  /** The time used, and what was given for free. */
  virtualMs: number;
  /** What `usedMs` was when it was last charged. */
  usedMs: number;
}
