import { checkGiven } from '../check-given.js';
import type { Picture, TaskLane, TaskSlice, TaskState } from './picture.js';
import { exactThreads, pollCpuNs } from './poll-cpu.js';

/** One interval of a task's, and of which. */
export interface TaskStretch {
  readonly task: TaskLane;
  readonly slice: TaskSlice;
}

/** One poll, and how much of it was a CPU's time. */
export interface LongestPoll extends TaskStretch {
  /** From its beginning to its end, whatever happened to its thread meanwhile. */
  readonly wallNs: number;
  /** How long its thread had a CPU in it; `undefined` where the kernel was not watched exactly. */
  readonly cpuNs: number | undefined;
}

/**
 * Finds the longest time for which a task was ready and not polled: what starvation is measured by. `undefined` where
 * no task ever was.
 *
 * @example
 * const recording = record();
 * const hog = task.builder({ name: 'hog' }).spawn(function* () {
 *   for (let n = 0; n < 1e6; n += 1) Math.sqrt(n);
 * });
 * const late = task.builder({ name: 'late' }).spawn(function* () {});
 * await join(hog, late);
 * const picture = pictureOf(recording.stop());
 * console.log(longestReady(picture)?.task.name); // late
 */
export function longestReady(picture: Picture): TaskStretch | undefined {
  checkGiven('longestReady', 'picture', picture);
  let longest: TaskStretch | undefined;
  for (const stretch of stretchesOf(picture.tasks, 'ready')) {
    if (longest === undefined || lengthOf(stretch) > lengthOf(longest)) longest = stretch;
  }
  return longest;
}

/**
 * Finds the poll that took its thread longest: by time on a CPU where that is known, and else by the clock. Polls
 * whose end was not seen count only where there are no others, since theirs is an upper bound.
 *
 * @example
 * const recording = record();
 * const hog = task.builder({ name: 'hog' }).spawn(function* () {
 *   for (let n = 0; n < 1e6; n += 1) Math.sqrt(n);
 * });
 * const late = task.builder({ name: 'late' }).spawn(function* () {});
 * await join(hog, late);
 * const picture = pictureOf(recording.stop());
 * console.log(longestPoll(picture)?.task.name); // hog
 */
export function longestPoll(picture: Picture): LongestPoll | undefined {
  checkGiven('longestPoll', 'picture', picture);
  let longest: LongestPoll | undefined;
  const exact = exactThreads(picture);
  for (const { task, slice } of stretchesOf(picture.tasks, 'polled')) {
    const wallNs = slice.toNs - slice.fromNs;
    const poll = { task, slice, wallNs, cpuNs: exact.has(task.thread) ? pollCpuNs(slice) : undefined };
    if (longest === undefined || isLonger(poll, longest)) longest = poll;
  }
  return longest;
}

function isLonger(one: LongestPoll, other: LongestPoll): boolean {
  const seen = one.slice.end !== 'unseen';
  if (seen !== (other.slice.end !== 'unseen')) return seen;
  return (one.cpuNs ?? one.wallNs) > (other.cpuNs ?? other.wallNs);
}

function lengthOf({ slice }: TaskStretch): number {
  return slice.toNs - slice.fromNs;
}

function* stretchesOf(tasks: readonly TaskLane[], state: TaskState): Generator<TaskStretch> {
  for (const task of tasks) {
    for (const slice of task.slices) if (slice.state === state) yield { task, slice };
  }
}
