import type { Picture, ThreadLane } from '../picture/picture.js';
import { shareCells } from './counted-cells.js';
import { counterRow } from './counter-row.js';
import { cpuCells, type ThreadMark } from './cpu-cells.js';
import { markRows } from './mark-rows.js';
import { threadNote } from './notes.js';
import type { Row, View } from './row.js';
import { threadCells } from './state-cells.js';
import { taskRows } from './task-rows.js';

/** The rows of one run: marks, CPUs, then each thread with the tasks that it polls under it. */
export function runRows(picture: Picture, view: View): Row[] {
  const letters = lettersOf(picture);
  const runnable = picture.counters.filter(({ name }) => name === 'runnable threads');
  return [
    ...markRows(picture, view),
    ...picture.cpus.map(
      (lane): Row => ({
        label: `CPU ${lane.cpu}`,
        cells: (axis) => cpuCells(lane, axis, view.glyphs, letters),
        note: '',
      }),
    ),
    ...runnable.map((lane) => counterRow(lane, 'want a CPU', picture, view)),
    ...picture.threads.flatMap((lane, hue) => [
      ...threadRows(lane, hue, picture, view),
      ...(lane.thread === undefined ? [] : taskRows(picture, lane.thread, hue, view)),
    ]),
    ...strayRows(picture, view),
  ];
}

function threadRows(lane: ThreadLane, hue: number, picture: Picture, view: View): Row[] {
  const note = threadNote(lane, view);
  if (lane.bands.length > 0) {
    return [
      {
        label: `${lane.name} ran`,
        cells: (axis) => shareCells(lane, 'running', axis, view.glyphs, hue),
        note,
      },
      {
        label: '  wanted',
        cells: (axis) => shareCells(lane, 'runnable', axis, view.glyphs, 'wanting'),
        note: 'counted, not seen',
      },
    ];
  }
  const label = picture.cpus.length > 0 ? `${letterOf(hue)} ${lane.name}` : lane.name;
  return [{ label, cells: (axis) => threadCells(lane, axis, view.glyphs, hue), note }];
}

/** Tasks of a thread that left no lane: it found no ring, say. */
function strayRows(picture: Picture, view: View): Row[] {
  const known = new Set(picture.threads.map(({ thread }) => thread));
  const stray = new Set(picture.tasks.flatMap(({ thread }) => (known.has(thread) ? [] : [thread])));
  return [...stray].flatMap((thread) => [
    { label: `thread ${thread}`, cells: () => [], note: 'not watched' },
    ...taskRows(picture, thread, picture.threads.length + thread, view),
  ]);
}

function lettersOf(picture: Picture): ReadonlyMap<number, ThreadMark> {
  const letters = new Map<number, ThreadMark>();
  for (const [hue, { tid }] of picture.threads.entries()) {
    if (tid !== undefined) letters.set(tid, { letter: letterOf(hue), hue });
  }
  return letters;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function letterOf(place: number): string {
  return LETTERS[place] ?? '*';
}
