import { KeyedQueue } from './keyed-queue.js';
import type { ListedPolicy, Ready } from './policy.js';

/** How many polls of others make up for one level. */
export const AGEING = 64;

/**
 * The most urgent task is next; within a level, first come, first served.
 *
 * No task starves, since waiting makes up for a lower priority: 64 polls of others are worth one level. What
 * becomes ready more than `(its priority - mine) × 64` polls after me comes after me, so I wait for those that
 * are ready when I become so, and for those that do within that many polls. An infinite priority does not age,
 * and starves everybody below it.
 *
 * All tasks age at the same rate, so their order never changes while they wait: a key that is set at the push
 * says it all. Rejected: a queue for each level and a sweep that lifts whoever has waited, which visits every task.
 */
export function priority(): ListedPolicy {
  const queue = new KeyedQueue();
  let polls = 0;
  return {
    lifoSlot: false,
    get size() {
      return queue.size;
    },
    push: (task: Ready) => queue.push(task, polls - task.priority * AGEING),
    pop() {
      polls += 1;
      return queue.pop()?.task;
    },
    remove: (task) => queue.remove(task),
    [Symbol.iterator]: () => queue[Symbol.iterator](),
  };
}
