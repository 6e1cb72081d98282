import { printable } from '../../base/printable.js';
import type { TaskLane, TaskSlice } from '../picture/picture.js';
import { processNamed, threadNamed } from './named.js';
import type { Args, PerfettoEvent } from './perfetto-event.js';
import { type RunInFile, taskName } from './run-in-file.js';

/** The tasks of a run: a row for each with its states, and its polls on the thread that did them. */
export function taskEvents(run: RunInFile): PerfettoEvent[] {
  const { picture, tasksPid } = run;
  if (picture.tasks.length === 0) return [];
  return [
    ...processNamed(tasksPid, `${run.title}, tasks (user space)`, run.order + 1),
    ...picture.tasks.flatMap((lane, index) => {
      const where = { pid: tasksPid, tid: run.taskNumber(lane.task) as number };
      return [
        ...threadNamed(where.pid, where.tid, taskName(lane), index),
        ...lane.slices.map((slice): PerfettoEvent => ({ ...where, ...stateSlice(slice, run) })),
        ...endOf(lane, where, run),
      ];
    }),
    ...pollEvents(run),
  ];
}

function stateSlice(slice: TaskSlice, run: RunInFile) {
  const args = argsOf(slice);
  return {
    ph: 'X',
    name: ({ polled: 'running', ready: 'ready', waiting: 'waiting' } as const)[slice.state],
    cat: 'task',
    ts: run.ts(slice.fromNs),
    dur: (slice.toNs - slice.fromNs) / 1_000,
    ...(Object.keys(args).length === 0 ? {} : { args }),
  } as const;
}

function argsOf(slice: TaskSlice): Args {
  const withoutCpuNs = (slice.withoutCpu ?? []).reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
  return {
    ...(slice.end === undefined
      ? {}
      : { end: slice.end === 'unseen' ? 'unseen: at most so long' : slice.end }),
    ...(slice.on === undefined ? {} : { on: printable(slice.on) }),
    ...(slice.of === undefined ? {} : { of: slice.of }),
    ...(slice.wokenBy === undefined ? {} : { wokenBy: slice.wokenBy }),
    ...(withoutCpuNs === 0 ? {} : { 'without a CPU, ms': withoutCpuNs / 1_000_000 }),
  };
}

/**
 * The polls of a run on the threads that did them. A recording that lost events may contradict itself: of two polls
 * that one thread would have done at once only the first is drawn here, and the rows of the tasks have both.
 */
function pollEvents(run: RunInFile): PerfettoEvent[] {
  const polls = run.picture.tasks.flatMap((lane) =>
    lane.slices.flatMap((slice) => (slice.state === 'polled' ? [{ lane, slice }] : [])),
  );
  const untilNs = new Map<number, number>();
  return polls
    .sort((one, other) => one.slice.fromNs - other.slice.fromNs)
    .filter(({ lane, slice }) => {
      const isFree = (untilNs.get(lane.thread) ?? Number.NEGATIVE_INFINITY) <= slice.fromNs;
      if (isFree) untilNs.set(lane.thread, slice.toNs);
      return isFree;
    })
    .map(({ lane, slice }) => ({
      ...stateSlice(slice, run),
      name: taskName(lane),
      cat: 'poll',
      pid: run.pid,
      tid: run.placeNumber(lane.thread),
      args: {
        task: lane.task,
        ...(lane.at === undefined ? {} : { at: printable(lane.at) }),
        ...argsOf(slice),
      },
    }));
}

/** How a task ended, where it was not with a value. */
function endOf(
  lane: TaskLane,
  where: { readonly pid: number; readonly tid: number },
  run: RunInFile,
): PerfettoEvent[] {
  if (lane.end === undefined || lane.end === 'value') return [];
  return [{ ...where, ph: 'i', name: lane.end, cat: 'task', s: 't', ts: run.ts(lane.toNs) }];
}
