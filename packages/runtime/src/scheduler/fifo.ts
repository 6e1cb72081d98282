import { Ring } from '../base/ring.js';
import type { ListedPolicy, Ready } from './policy.js';

/**
 * First come, first served: the default.
 *
 * No task starves: whoever becomes ready now runs after at most the tasks that are ready already, and three
 * for each of those through the LIFO slot.
 *
 * The policy is the ring itself, not an object around one: a level in between costs four nanoseconds a poll.
 */
export function fifo(): ListedPolicy {
  return Object.assign(new Ring<Ready>(), { lifoSlot: true, keepsAborted: true } as const);
}
