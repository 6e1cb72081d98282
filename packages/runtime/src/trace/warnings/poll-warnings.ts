import { durationText } from '../duration-text.js';
import type { Interval, Picture, TaskLane, TaskSlice, ThreadState } from '../picture/picture.js';
import { sharedNs, slicesWithin } from '../picture/slice-at.js';
import { whoHadCpu } from '../picture/who-had-cpu.js';
import { counted, hasOwnThread, holdersText, sentence, taskText } from './names.js';
import { LONG_NS, type Warning, type WarningKind } from './warning.js';

/**
 * Looks for long polls, and says whose fault they are: of the task that computes without giving way, of the task that
 * blocks its thread, or of the kernel, which gave the CPU to somebody else. Without the kernel's side there is no
 * telling, and a long poll is the task's.
 *
 * A poll whose end was not seen is left out: it may have been short. So is a job that holds a thread of its own, where no
 * other task is ready there: that is what the thread is for.
 */
export function pollWarnings(picture: Picture): Warning[] {
  return picture.tasks.flatMap((task) => {
    const polls = task.slices
      .filter(
        ({ state, end, fromNs, toNs }) => state === 'polled' && end !== 'unseen' && toNs - fromNs >= LONG_NS,
      )
      .map((poll) => ({ poll, ...partsOf(picture, task, poll) }));
    const rude = hasOwnThread(task)
      ? polls.filter(({ poll }) => readyBehind(picture, task, poll) > 0)
      : polls;
    return [neverYields(picture, task, rude), blocks(task, rude), withoutCpu(picture, task, polls)].flat();
  });
}

/** A poll, and how much of it went where. */
type Parts = { readonly poll: TaskSlice } & Readonly<Record<ThreadState, number>>;

function partsOf({ threads }: Picture, { thread }: TaskLane, poll: TaskSlice): Omit<Parts, 'poll'> {
  const parts = { running: poll.toNs - poll.fromNs, runnable: 0, asleep: 0 };
  const lane = threads.find((other) => other.thread === thread);
  for (const slice of slicesWithin(lane?.slices ?? [], poll)) {
    if (slice.state === 'running') continue;
    const ns = sharedNs(slice, poll);
    parts[slice.state] += ns;
    parts.running -= ns;
  }
  return parts;
}

function neverYields(picture: Picture, task: TaskLane, polls: readonly Parts[]): Warning[] {
  return worst('never yields', task, polls, 'running', ({ poll, running }, others) => {
    const ready = readyBehind(picture, task, poll);
    const behind = ready === 0 ? '' : `, while ${counted(ready, 'other task')} had to wait for it`;
    return `${taskText(task)} held its thread for ${durationText(running)} in one poll${behind}${others}`;
  });
}

function blocks(task: TaskLane, polls: readonly Parts[]): Warning[] {
  return worst('blocks its thread', task, polls, 'asleep', ({ poll, asleep }, others) => {
    const took = durationText(poll.toNs - poll.fromNs);
    return `${taskText(task)} was polled for ${took}, and its thread was asleep for ${durationText(asleep)} of that: a call in it blocks, or V8 collected garbage${others}`;
  });
}

function withoutCpu(picture: Picture, task: TaskLane, polls: readonly Parts[]): Warning[] {
  return worst('polled without a CPU', task, polls, 'runnable', ({ poll, runnable }, others) => {
    const took = durationText(poll.toNs - poll.fromNs);
    const runnableParts = picture.threads
      .find(({ thread }) => thread === task.thread)!
      .slices.filter(({ state }) => state === 'runnable');
    const longest = slicesWithin(runnableParts, poll).reduce((one, other) =>
      sharedNs(other, poll) > sharedNs(one, poll) ? other : one,
    );
    const who = holdersText(picture, whoHadCpu(picture, longest));
    const atOnce = `${durationText(lengthOf(longest))} at once`;
    const meanwhile = who === '' ? '' : `, of which ${atOnce}, while ${who}`;
    return `${taskText(task)} was polled for ${took}, and the kernel gave its thread no CPU for ${durationText(runnable)} of that${meanwhile}${others}`;
  });
}

/** One warning for a task: of its worst poll, and how many more there are. */
function worst(
  kind: WarningKind,
  task: TaskLane,
  polls: readonly Parts[],
  part: ThreadState,
  say: (worst: Parts, others: string) => string,
): Warning[] {
  const long = polls.filter((poll) => poll[part] >= LONG_NS);
  const [first] = long;
  if (first === undefined) return [];
  const longest = long.reduce((one, other) => (other[part] > one[part] ? other : one), first);
  const ns = long.reduce((sum, poll) => sum + poll[part], 0);
  const others = long.length === 1 ? '' : `; ${counted(long.length - 1, 'other poll')} did the same`;
  return [{ kind, text: sentence(say(longest, others)), atNs: longest.poll.fromNs, ns, task: task.task }];
}

/** How many other tasks could have been polled by its thread meanwhile. */
function readyBehind({ tasks }: Picture, task: TaskLane, poll: TaskSlice): number {
  return tasks.filter((other) => other !== task && other.thread === task.thread && isReadyIn(other, poll))
    .length;
}

function isReadyIn({ slices }: TaskLane, poll: TaskSlice): boolean {
  return slicesWithin(slices, poll).some(({ state }) => state === 'ready');
}

function lengthOf({ fromNs, toNs }: Interval): number {
  return toNs - fromNs;
}
