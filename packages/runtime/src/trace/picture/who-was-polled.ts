import type { Interval, Picture, TaskLane } from './picture.js';
import { sharedNs, slicesWithin } from './slice-at.js';

/** A task that was polled for a part of some time. */
export interface PolledTask {
  readonly task: TaskLane;
  /** For how long, all together. */
  readonly ns: number;
  /** How much of that its thread had no CPU: the kernel's doing, and not the task's. */
  readonly withoutCpuNs: number;
  readonly polls: number;
}

/**
 * Says which tasks were polled on a thread during a stretch of time, the one that took longest first: for a stretch
 * in which a task was ready, those that it waited for.
 *
 * @example
 * const picture = pictureOf({
 *   label: 'tasks', pid: 1, level: 'process', cpus: 1, endNs: 50, lost: { events: 0, threads: 0, kernel: 0 },
 *   events: [
 *     { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'hog' },
 *     { k: 'spawn', t: 0, thread: 0, task: '0:2', name: 'late' },
 *     { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 1 },
 *     { k: 'pend', t: 40, thread: 0, task: '0:1', end: 'yielded' },
 *     { k: 'poll', t: 40, thread: 0, task: '0:2', ready: 1 },
 *   ],
 * });
 * for (const { task, ns } of whoWasPolled(picture, 0, { fromNs: 0, toNs: 40 })) console.log(task.name, ns); // hog 40
 */
export function whoWasPolled(picture: Picture, thread: number, stretch: Interval): readonly PolledTask[] {
  const polled: PolledTask[] = [];
  for (const task of picture.tasks) {
    if (task.thread !== thread || task.fromNs >= stretch.toNs || task.toNs <= stretch.fromNs) continue;
    let ns = 0;
    let withoutCpuNs = 0;
    let polls = 0;
    for (const slice of slicesWithin(task.slices, stretch)) {
      if (slice.state !== 'polled') continue;
      ns += sharedNs(slice, stretch);
      for (const without of slice.withoutCpu ?? []) withoutCpuNs += sharedNs(without, stretch);
      polls += 1;
    }
    if (polls > 0) polled.push({ task, ns, withoutCpuNs, polls });
  }
  return polled.sort((one, other) => other.ns - one.ns);
}
