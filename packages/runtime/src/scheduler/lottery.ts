import { KeyedQueue } from './keyed-queue.js';
import type { ListedPolicy, Ready } from './policy.js';

/**
 * Each poll is drawn by lot: a task with twice the tickets is twice as likely to be next.
 *
 * It may starve a task, though never for long: with `t` of the `n` tickets that are ready, the chance of not being
 * drawn `k` times in a row is `(1 - t / n) ** k`. The order follows from the seed and from nothing else.
 *
 * A lot is drawn once for each time that a task becomes ready, and not at each poll: a waiting time, exponentially
 * distributed with the tickets as its rate. The shortest of such times is a task's own with just the chance of a
 * draw by tickets, and what is left of the others is distributed as a fresh one, so they need not be drawn again.
 * Rejected: a drawing over all that are ready at each poll, which is linear in them.
 */
export function lottery(random: () => number): ListedPolicy {
  const queue = new KeyedQueue();
  let drawnAt = 0;
  return {
    lifoSlot: false,
    get size() {
      return queue.size;
    },
    push: (task: Ready) => queue.push(task, drawnAt - Math.log(1 - random()) / task.tickets),
    pop() {
      const drawn = queue.pop();
      if (drawn !== undefined) drawnAt = drawn.key;
      return drawn?.task;
    },
    remove: (task) => queue.remove(task),
    [Symbol.iterator]: () => queue[Symbol.iterator](),
  };
}
