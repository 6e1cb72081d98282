import { printable } from '../../base/printable.js';
import type { Picture, TaskLane, TaskSlice } from '../picture/picture.js';
import type { TaskKey } from '../trace-event.js';

/**
 * Who waits for whom, a line for each task that lives and does, under whom it waits for. Tasks that wait for something
 * that is no task come last.
 *
 * A task in a ring of tasks that wait for each other has nobody to stand under: whoever comes first of them has a line
 * of its own, and the ring below it.
 */
export function whoWaits(picture: Picture, stuck: TaskLane | undefined, thread: number): string[] {
  const alive = picture.tasks.filter(({ end, slices }) => end === undefined && slices.length > 0);
  const said = new Set<TaskKey>();
  const lines: string[] = [];
  const say = (lane: TaskLane, depth: number): void => {
    if (said.has(lane.task) || lines.length === MOST_LINES) return;
    said.add(lane.task);
    lines.push(`${'  '.repeat(depth)}${taskText(lane)} ${doing(lane, stuck, picture)}`);
    for (const other of alive) if (lastOf(other).of === lane.task) say(other, depth + 1);
  };
  if (stuck !== undefined) say(stuck, 0);
  const readyHere = alive.filter((lane) => lane.thread === thread && lastOf(lane).state === 'ready');
  for (const lane of readyHere) say(lane, stuck === undefined ? 0 : 1);
  const waiting = alive.filter((lane) => lastOf(lane).state === 'waiting');
  // Who waits for a task that is said stands under it already.
  for (const lane of waiting) if (lastOf(lane).of === undefined) say(lane, 0);
  for (const lane of waiting) say(lane, 0);
  const left = waiting.filter(({ task }) => !said.has(task)).length;
  return left === 0 ? lines : [...lines, `and ${left} more`];
}

/** The tasks of a thread that could be polled, if it were not for the one that is. */
export function readyOn(picture: Picture, thread: number): TaskLane[] {
  return picture.tasks.filter(
    (lane) => lane.end === undefined && lane.thread === thread && lane.slices.at(-1)?.state === 'ready',
  );
}

/** `task 7 "crawler"`, as in every report. */
export function taskText({ task, name }: Pick<TaskLane, 'task' | 'name'>): string {
  const id = task.slice(task.indexOf(':') + 1);
  return name === undefined ? `task ${id}` : `task ${id} "${printable(name)}"`;
}

const MOST_LINES = 20;

function doing(lane: TaskLane, stuck: TaskLane | undefined, picture: Picture): string {
  const { state, on, of } = lastOf(lane);
  if (lane === stuck) return 'has the thread';
  if (state === 'polled') return `is polled by ${threadText(picture, lane.thread)}`;
  if (state === 'ready') return 'is ready, and needs the thread';
  const other = of === undefined ? undefined : picture.tasks.find(({ task }) => task === of);
  if (other !== undefined) return `waits for ${taskText(other)}`;
  return on === undefined ? 'waits' : `waits for ${printable(on)}`;
}

export function threadText(picture: Picture, place: number): string {
  const name = picture.threads.find(({ thread }) => thread === place)?.name;
  return name === undefined ? `thread ${place}` : `thread "${printable(name)}"`;
}

function lastOf(lane: TaskLane): TaskSlice {
  return lane.slices.at(-1) as TaskSlice;
}
