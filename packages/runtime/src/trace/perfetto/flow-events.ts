import type { TaskLane, TaskSlice } from '../picture/picture.js';
import type { TaskKey } from '../trace-event.js';
import type { PerfettoEvent } from './perfetto-event.js';
import type { RunInFile } from './run-in-file.js';

/**
 * Who caused a poll: an arrow from the poll that spawned a task to its first, and from the poll that woke it to the
 * one after that. An arrow goes out of a slice that contains its moment and into one that begins at its moment. Where
 * the cause was no poll, or a poll has no length, there is no such slice, and the arrow is left out.
 *
 * All beginnings come before all ends: Perfetto sorts by time, of equal times it keeps the order of the file, and an
 * arrow that ends before it began is lost.
 */
export function flowEvents(run: RunInFile, newId: () => number): PerfettoEvent[] {
  const lanes = new Map(run.picture.tasks.map((lane) => [lane.task, lane]));
  const starts: PerfettoEvent[] = [];
  const ends: PerfettoEvent[] = [];
  for (const lane of run.picture.tasks) {
    const to = run.taskNumber(lane.task) as number;
    const causes = [...spawnOf(lane), ...lane.slices.flatMap((slice, index) => wakeOf(lane, slice, index))];
    for (const { name, by, atNs, poll } of causes) {
      const source = lanes.get(by);
      const leavesNs = source === undefined ? undefined : inPoll(source, atNs);
      if (leavesNs === undefined || poll.toNs === poll.fromNs) continue;
      const flow = { name, cat: 'flow', id: newId(), pid: run.tasksPid } as const;
      starts.push({ ...flow, ph: 's', tid: run.taskNumber(by) as number, ts: run.ts(leavesNs) });
      ends.push({ ...flow, ph: 'f', bp: 'e', tid: to, ts: run.ts(poll.fromNs) });
    }
  }
  return [...starts, ...ends];
}

interface Cause {
  readonly name: 'spawn' | 'wake';
  readonly by: TaskKey;
  readonly atNs: number;
  readonly poll: TaskSlice;
}

function spawnOf(lane: TaskLane): Cause[] {
  const poll = lane.slices.find(({ state }) => state === 'polled');
  if (lane.spawnedBy === undefined || poll === undefined) return [];
  return [{ name: 'spawn', by: lane.spawnedBy, atNs: lane.fromNs, poll }];
}

function wakeOf(lane: TaskLane, slice: TaskSlice, index: number): Cause[] {
  const { wokenBy } = slice;
  const poll = lane.slices[index + 1];
  if (wokenBy === undefined || wokenBy === 'event loop' || poll?.state !== 'polled') return [];
  return [{ name: 'wake', by: wokenBy, atNs: slice.fromNs, poll }];
}

/** The moment, where the task was polled at it. What a poll did at its very end it did a nanosecond before that. */
function inPoll(lane: TaskLane, ns: number): number | undefined {
  let [low, high] = [0, lane.slices.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lane.slices[middle] as TaskSlice).fromNs <= ns) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index -= 1) {
    const { state, fromNs, toNs } = lane.slices[index] as TaskSlice;
    if (toNs < ns) return undefined;
    if (state === 'polled' && toNs > fromNs) return Math.max(fromNs, Math.min(ns, toNs - 1));
  }
  return undefined;
}
