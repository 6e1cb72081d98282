import { durationText } from '../duration-text.js';
import type { Interval, Picture, TaskSlice, ThreadLane } from '../picture/picture.js';
import { pollCpuNs } from '../picture/poll-cpu.js';
import { sharedNs, slicesWithin } from '../picture/slice-at.js';
import { counted, sentence, threadText } from './names.js';
import { LONG_NS, type Warning } from './warning.js';

/**
 * Looks for threads that do not get the CPU which they want, and for those that use one for something besides tasks.
 * V8's own threads and Node's are left out: nobody can do anything about those.
 */
export function threadWarnings(picture: Picture): Warning[] {
  return picture.threads
    .filter(({ thread }) => thread !== undefined)
    .flatMap((thread) => [...wantsCpu(thread), ...runsOutside(picture, thread)]);
}

/** For how much of the time in which it could run a thread has to wait, before it is worth a warning. */
const MUCH = 0.25;

function wantsCpu(thread: ThreadLane): Warning[] {
  const { runNs = 0, runnableNs = 0, preemptions } = thread;
  const wanted = runNs + runnableNs;
  if (runnableNs < LONG_NS || runnableNs < wanted * MUCH) return [];
  const often = preemptions === undefined ? '' : `, and was preempted ${counted(preemptions, 'time')}`;
  const text = `${threadText(thread)} wanted a CPU for ${durationText(wanted)} and had to wait for ${durationText(runnableNs)} of that${often}: more wants to compute, here and in other programs, than there are CPUs`;
  return [aboutThread('wants a CPU', thread, text, runnableNs, thread.fromNs)];
}

function runsOutside({ tasks }: Picture, thread: ThreadLane): Warning[] {
  if (thread.slices.length === 0) return [];
  const polls = tasks
    .filter((task) => task.thread === thread.thread)
    .flatMap(({ slices }) => slices.filter(({ state }) => state === 'polled'));
  const busy = spanOf(polls);
  // Starting a thread takes a CPU before its first task, and is no fault of it.
  if (busy === undefined) return [];
  let runNs = 0;
  for (const slice of slicesWithin(thread.slices, busy)) {
    if (slice.state === 'running') runNs += sharedNs(slice, busy);
  }
  const polledNs = polls.reduce((sum, poll) => sum + pollCpuNs(poll), 0);
  const outsideNs = runNs - polledNs;
  if (outsideNs < LONG_NS || outsideNs < (busy.toNs - busy.fromNs) / 2) return [];
  const text = `${threadText(thread)} had a CPU for ${durationText(runNs)} from its first poll to its last, and polled tasks for ${durationText(polledNs)} of that: the rest went to what is in no task`;
  return [aboutThread('runs outside of tasks', thread, text, outsideNs, busy.fromNs)];
}

function spanOf(polls: readonly TaskSlice[]): Interval | undefined {
  if (polls.length === 0) return undefined;
  const fromNs = polls.reduce((least, poll) => Math.min(least, poll.fromNs), Number.POSITIVE_INFINITY);
  const toNs = polls.reduce((most, poll) => Math.max(most, poll.toNs), Number.NEGATIVE_INFINITY);
  return { fromNs, toNs };
}

function aboutThread(
  kind: Warning['kind'],
  { thread }: ThreadLane,
  text: string,
  ns: number,
  atNs: number,
): Warning {
  return { kind, text: sentence(text), atNs, ns, thread };
}
