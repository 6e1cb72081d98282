import { durationText } from '../../explain/number-text.js';
import type { LookFor } from '../page/lesson.js';
import type { Run } from '../program.js';
import { lengthOf, longest, sinceStart, taskNamed, tasksStarting, threadOf } from './find-lanes.js';
import { waitsOf } from './waits.js';

/** What is there of a list: a sight that a recording does not have is left out. */
export function present<T>(some: readonly (T | undefined)[]): T[] {
  return some.filter((one) => one !== undefined);
}

/** The longest poll of a task. */
export function longestPoll({ place, picture }: Run, name: string, says: string): LookFor | undefined {
  const lane = taskNamed(picture, name);
  const poll = lane && longest(sinceStart(lane.slices.filter(({ state }) => state === 'polled')));
  if (lane === undefined || poll === undefined) return undefined;
  const { fromNs, toNs } = poll;
  const ns = durationText(lengthOf(poll));
  return { run: place, atNs: fromNs, toNs, row: { task: lane.task }, says: `A poll of ${ns}. ${says}` };
}

/** The longest stretch in which a task could have gone on, and did not. */
export function longestWait({ place, picture }: Run, name: string): LookFor | undefined {
  const lane = taskNamed(picture, name);
  const worst = lane && waitsOf(picture, lane).worst;
  if (lane === undefined || worst === undefined) return undefined;
  const { fromNs, toNs, who } = worst;
  const ns = durationText(lengthOf(worst));
  const says = {
    executor: `${name} is ready for ${ns}, and its thread polls others.`,
    kernel: `${name} could go on, but its thread has no CPU for ${ns}.`,
  }[who];
  const thread = who === 'kernel' ? threadOf(picture, lane)?.thread : undefined;
  return {
    run: place,
    atNs: fromNs,
    toNs,
    row: thread === undefined ? { task: lane.task } : { thread },
    says,
  };
}

/** The first moment at which the kernel takes the CPU from the thread of a task. */
export function firstPreemption({ place, picture }: Run, name: string, says: string): LookFor | undefined {
  const lane = taskNamed(picture, name);
  const thread = lane && threadOf(picture, lane);
  const slice = thread?.slices.find(({ why, toNs }) => why === 'preempted' && toNs > 0);
  if (thread?.thread === undefined || slice === undefined) return undefined;
  return { run: place, atNs: slice.toNs, row: { thread: thread.thread }, says };
}

/** The longest part of a poll in which its thread had no CPU, among tasks whose names begin so. */
export function longestHole({ place, picture }: Run, prefix: string, says: string): LookFor | undefined {
  const holes = tasksStarting(picture, prefix).flatMap(({ task, slices }) =>
    slices.flatMap(({ withoutCpu = [] }) => withoutCpu.map((hole) => ({ ...hole, task }))),
  );
  const hole = longest(sinceStart(holes));
  if (hole === undefined) return undefined;
  const { fromNs, toNs, task } = hole;
  return { run: place, atNs: fromNs, toNs, row: { task }, says };
}
