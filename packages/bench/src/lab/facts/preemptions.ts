import type { Picture } from '@heddle/runtime/trace';
import { taskNamed, threadOf } from './find-lanes.js';
import { sinceBarrier } from './since-barrier.js';

/** How often the kernel took the CPU from the thread of a task, as far as it was seen after the barrier. */
export function preemptionsOf(picture: Picture, name: string): number | undefined {
  const lane = taskNamed(picture, name);
  return lane && threadOf(sinceBarrier(picture), lane)?.preemptions;
}

/** `31 times`, `once`, `never`. */
export function timesText(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
}
