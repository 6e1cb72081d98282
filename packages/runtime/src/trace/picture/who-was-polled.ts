import { checkGiven } from '../check-given.js';
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
 * const recording = record();
 * const hog = task.builder({ name: 'hog' }).spawn(function* () {
 *   for (let n = 0; n < 1e6; n += 1) Math.sqrt(n);
 * });
 * const late = task.builder({ name: 'late' }).spawn(function* () {});
 * await join(hog, late);
 * const picture = pictureOf(recording.stop());
 * const { task: waited, slice } = longestReady(picture)!;
 * for (const polled of whoWasPolled(picture, waited.thread, slice)) console.log(polled.task.name); // hog
 */
export function whoWasPolled(picture: Picture, thread: number, stretch: Interval): readonly PolledTask[] {
  checkGiven('whoWasPolled', 'picture', picture);
  checkGiven('whoWasPolled', 'stretch', stretch);
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
