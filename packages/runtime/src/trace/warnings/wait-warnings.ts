import { printable } from '../../base/printable.js';
import { durationText } from '../duration-text.js';
import type { Picture, TaskLane, TaskSlice } from '../picture/picture.js';
import type { TaskKey } from '../trace-event.js';
import { counted, sentence, taskText } from './names.js';
import { LONG_NS, type Warning } from './warning.js';

/** Looks for tasks that nothing can wake, and for those that never let themselves wait. */
export function waitWarnings({ tasks, endNs }: Picture): Warning[] {
  const byKey = new Map(tasks.map((task) => [task.task, task]));
  return tasks.flatMap((task) => [...waitsForEver(task, byKey, endNs), ...wakesItself(task)]);
}

function waitsForEver(task: TaskLane, tasks: ReadonlyMap<TaskKey, TaskLane>, endNs: number): Warning[] {
  const last = task.slices.at(-1);
  if (task.end !== undefined || last?.state !== 'waiting' || last.toNs < endNs) return [];
  const why = whyForEver(task, last, tasks, endNs);
  if (why === undefined) return [];
  const ns = last.toNs - last.fromNs;
  const text = `${taskText(task)} has waited${last.on === undefined ? '' : ` for ${printable(last.on)}`} for the last ${durationText(ns)} of the recording${why}`;
  return [{ kind: 'waits for ever', text: sentence(text), atNs: last.fromNs, ns, task: task.task }];
}

/** Why nothing will wake it; `undefined` where it may just as well be a server that nobody calls. */
function whyForEver(
  task: TaskLane,
  { fromNs, of }: TaskSlice,
  tasks: ReadonlyMap<TaskKey, TaskLane>,
  endNs: number,
): string | undefined {
  const circle = circleFrom(task, tasks);
  if (circle !== undefined) return `: it waits for itself, by way of ${circle.map(taskText).join(', ')}`;
  const awaited = of === undefined ? undefined : tasks.get(of);
  if (awaited?.end !== undefined && endNs - Math.max(awaited.toNs, fromNs) >= LONG_NS) {
    return `, though ${taskText(awaited)} settled ${durationText(endNs - awaited.toNs)} before its end`;
  }
  return undefined;
}

/** The tasks between a task and itself, each of which waits for the next. */
function circleFrom(task: TaskLane, tasks: ReadonlyMap<TaskKey, TaskLane>): TaskLane[] | undefined {
  const passed: TaskLane[] = [];
  for (let next = awaitedBy(task, tasks); next !== undefined; next = awaitedBy(next, tasks)) {
    if (next === task) return passed;
    if (passed.includes(next)) return undefined;
    passed.push(next);
  }
  return undefined;
}

function awaitedBy(task: TaskLane, tasks: ReadonlyMap<TaskKey, TaskLane>): TaskLane | undefined {
  const last = task.slices.at(-1);
  if (task.end !== undefined || last?.state !== 'waiting' || last.of === undefined) return undefined;
  return tasks.get(last.of);
}

const MANY = 100;
const SHORT_NS = 100_000;

/** One that gives way between long polls is polite; one that does so between short ones asks, and does not wait. */
function wakesItself(task: TaskLane): Warning[] {
  const polls = task.slices.filter(({ state }) => state === 'polled');
  const woken = task.slices.filter(
    ({ state, wokenBy, fromNs }) =>
      state === 'ready' && fromNs > task.fromNs && (wokenBy ?? task.task) === task.task,
  );
  const polledNs = polls.reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
  if (woken.length < MANY || woken.length * 2 < polls.length || polledNs > polls.length * SHORT_NS) return [];
  const first = woken[0]!;
  const ns = polledNs;
  const text = `${taskText(task)} made itself ready again ${counted(woken.length, 'time')} in ${counted(polls.length, 'poll')}, of ${durationText(polledNs / polls.length)} each: it asks again and again for what it could wait for`;
  return [{ kind: 'wakes itself', text: sentence(text), atNs: first.fromNs, ns, task: task.task }];
}
