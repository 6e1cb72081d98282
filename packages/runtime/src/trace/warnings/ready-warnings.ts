import { durationText } from '../duration-text.js';
import type { Picture, TaskLane, TaskSlice } from '../picture/picture.js';
import { sharedNs, slicesWithin } from '../picture/slice-at.js';
import { whoWasPolled } from '../picture/who-was-polled.js';
import { counted, hasOwnThread, sentence, taskText } from './names.js';
import { LONG_NS, type Warning } from './warning.js';

/** Looks for tasks that were ready for long and not polled, and says who was polled instead. */
export function readyWarnings(picture: Picture): Warning[] {
  return picture.tasks.flatMap((task) => {
    if (task.polls === 0) return neverPolled(task, picture.endNs);
    const long = task.slices.filter(
      ({ state, fromNs, toNs }) => state === 'ready' && toNs - fromNs >= LONG_NS,
    );
    return long.length === 0 ? [] : [readyNotPolled(picture, task, long)];
  });
}

function readyNotPolled(picture: Picture, task: TaskLane, long: readonly TaskSlice[]): Warning {
  const longest = long.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
  const others = long.length === 1 ? '' : `; so it was ${counted(long.length - 1, 'other time')}`;
  const text = `${taskText(task)} was ready for ${durationText(lengthOf(longest))} before it was polled${becauseOf(picture, task, longest)}${others}`;
  const ns = long.reduce((sum, slice) => sum + lengthOf(slice), 0);
  return { kind: 'ready but not polled', text: sentence(text), atNs: longest.fromNs, ns, task: task.task };
}

function becauseOf(picture: Picture, task: TaskLane, ready: TaskSlice): string {
  const isStart = hasOwnThread(task) && ready.fromNs === task.fromNs;
  const start = isStart ? ', since its thread had to start or was busy' : '';
  const polled = whoWasPolled(picture, task.thread, ready);
  const named = polled.slice(0, 3).map((one) => `${taskText(one.task)} for ${durationText(one.ns)}`);
  const rest = polled.length > 3 ? ` and ${counted(polled.length - 3, 'other task')}` : '';
  const instead = named.length === 0 ? '' : `, while its thread polled ${named.join(', ')}${rest}`;
  const thread = picture.threads.find((lane) => lane.thread === task.thread);
  let withoutNs = 0;
  for (const slice of slicesWithin(thread?.slices ?? [], ready)) {
    if (slice.state === 'runnable') withoutNs += sharedNs(slice, ready);
  }
  const without = withoutNs === 0 ? '' : `; its thread had no CPU for ${durationText(withoutNs)} of that`;
  return start + instead + without;
}

function neverPolled(task: TaskLane, endNs: number): Warning[] {
  const ns = endNs - task.fromNs;
  // One that was aborted before its first poll was never to be polled.
  if (task.end !== undefined || ns < LONG_NS || task.slices.at(-1)?.state !== 'ready') return [];
  const text = `${taskText(task)} was spawned ${durationText(ns)} before the end of the recording, and has not been polled`;
  return [{ kind: 'never polled', text: sentence(text), atNs: task.fromNs, ns, task: task.task }];
}

function lengthOf({ fromNs, toNs }: TaskSlice): number {
  return toNs - fromNs;
}
