import type { Picture, TaskLane } from '../picture/picture.js';
import { counterRow } from './counter-row.js';
import { taskNote } from './notes.js';
import type { Row, View } from './row.js';
import { taskCells } from './state-cells.js';

/** The rows under the thread at a place: its tasks, in the order of their spawns, and how many were ready. */
export function taskRows(picture: Picture, thread: number, hue: number, view: View): Row[] {
  const tasks = picture.tasks.filter((task) => task.thread === thread);
  const onAxis = tasks.filter(({ fromNs, toNs }) => fromNs <= view.toNs && toNs >= view.fromNs);
  const drawn = onAxis.slice(0, view.mostTasks);
  const twice = namesTwice(picture.tasks);
  const ready = picture.counters.filter((lane) => lane.name === 'ready tasks' && lane.thread === thread);
  return [
    ...drawn.map(
      (task): Row => ({
        label: `  ${nameOf(task, twice)}`,
        cells: (axis) => taskCells(task, axis, view.glyphs, hue),
        note: taskNote(task, view),
      }),
    ),
    ...restRow(onAxis.length - drawn.length, 'not drawn'),
    ...restRow(tasks.length - onAxis.length, 'not in this stretch'),
    ...ready.map((lane) => counterRow(lane, '  ready', picture, view)),
  ];
}

function restRow(count: number, why: string): Row[] {
  if (count === 0) return [];
  return [{ label: `  ${count} more`, cells: () => [], note: why }];
}

/** A task without a name, or with that of another, is told by its key. */
function nameOf(task: TaskLane, twice: ReadonlySet<string>): string {
  if (task.name === undefined) return `task ${task.task}`;
  return twice.has(task.name) ? `${task.task} ${task.name}` : task.name;
}

function namesTwice(tasks: readonly TaskLane[]): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of tasks) {
    if (name === undefined) continue;
    (once.has(name) ? twice : once).add(name);
  }
  return twice;
}
