import type { Picture, TaskLane } from '@heddle/runtime/trace';
import { durationText } from '../../explain/number-text.js';
import { lengthOf, sinceStart, sumOf, threadOf } from './find-lanes.js';
import { overlaps, type Waits, waitsOf } from './waits.js';

/**
 * Says how long a task waited at worst in one run, and who kept it waiting: from the numbers of that run alone. Where
 * no kernel was watched, it says what is known instead: its worst wait may be one that nobody saw.
 */
export function waitSentence(under: string, picture: Picture, lane: TaskLane): string {
  const name = lane.name ?? lane.task;
  const { worst, cpu } = waitsOf(picture, lane);
  if (cpu !== 'watched') {
    const unseen = unwatchedWords(threadOf(picture, lane)?.runnableNs);
    if (worst === undefined) return `Under ${under}, the thread of ${name} ${unseen}.`;
    const ready = `${name} was ready for ${durationText(lengthOf(worst))} at worst`;
    const queued = lane.polls === 0 ? '' : ` Its thread ${unseen}.`;
    return `Under ${under}, ${ready}: ${whoWasIt(picture, lane, worst)}.${queued}`;
  }
  if (worst === undefined) return `Under ${under}, nothing was seen to keep ${name} waiting.`;
  const ns = durationText(lengthOf(worst));
  return `Under ${under}, ${name} waited ${ns} at worst: ${whoWasIt(picture, lane, worst)}.`;
}

/** What is known of a thread whose moments without a CPU nobody saw. */
function unwatchedWords(runnableNs: number | undefined): string {
  if (runnableNs === undefined) return 'was not seen: nobody knows how long it wanted a CPU';
  return `wanted a CPU for ${durationText(runnableNs)} in all, as counted: when, nobody saw`;
}

/** Who was served while a task waited. */
export function whoWasIt(picture: Picture, lane: TaskLane, worst: NonNullable<Waits['worst']>): string {
  switch (worst.who) {
    case 'kernel':
      return 'its thread wanted a CPU and had none';
    case 'executor': {
      const other = servedMeanwhile(picture, lane, worst);
      if (other === undefined) {
        const thread = threadOf(picture, lane);
        return thread === undefined || thread.thread === undefined || lane.polls === 0
          ? 'no thread was free for it'
          : 'its thread had not come to it yet';
      }
      return `its thread polled ${other.name} for ${durationText(other.ns)} of that`;
    }
  }
}

/** Which other task of its thread was polled longest while it waited. */
function servedMeanwhile(
  picture: Picture,
  lane: TaskLane,
  worst: { readonly fromNs: number; readonly toNs: number },
): { readonly name: string; readonly ns: number } | undefined {
  const others = picture.tasks
    .filter((other) => other !== lane && other.thread === lane.thread)
    .map((other) => {
      const polls = sinceStart(other.slices.filter(({ state }) => state === 'polled'));
      return { name: other.name ?? other.task, ns: sumOf(overlaps(polls, [worst])) };
    })
    .sort((a, b) => b.ns - a.ns);
  const [first] = others;
  return first === undefined || first.ns === 0 ? undefined : first;
}
