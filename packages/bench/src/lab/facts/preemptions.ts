import type { Picture } from '@heddle/runtime/trace';
import { taskNamed, threadOf } from './find-lanes.js';

/** How often the kernel took the CPU from the thread of a task, as far as it was seen after the barrier. */
export function preemptionsOf(picture: Picture, name: string): number | undefined {
  const lane = taskNamed(picture, name);
  const thread = lane && threadOf(picture, lane);
  if (thread === undefined) return undefined;
  if (thread.slices.length === 0) return thread.preemptions;
  return thread.slices.filter(({ why, toNs }) => why === 'preempted' && toNs > 0).length;
}

/** `31 times`, `once`, `never`. */
export function timesText(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
}
