import { listText } from '../../../explain/number-text.js';
import { lengthText } from '../time-text.js';
import { OTHER } from '../wire/page-data.js';
import type { Row, Run, TaskRow, ThreadRow } from './model.js';
import { overlapping } from './spans.js';

/** More names than that say less. */
const NAMED = 3;

/** Who had the CPUs while a thread wanted one, each CPU in one sentence. */
export function cpuAntagonists(run: Run, thread: ThreadRow, from: number, to: number): string[] {
  return run.rows.flatMap((row) => {
    if (row.kind !== 'cpu') return [];
    const times = new Map<number, number>();
    overlapping(row, from, to, (place, length) => {
      const who = row.who[place]!;
      if (who !== thread.place) times.set(who, (times.get(who) ?? 0) + length);
    });
    if (times.size === 0) return [];
    return [
      `Meanwhile ${row.name} ran ${ranked(times, (who) => (who === OTHER ? 'other programs' : nameOf(run, who)))}.`,
    ];
  });
}

/** Whom its executor polled while a task was ready, and whether it could poll at all. */
export function executorAntagonists(run: Run, task: TaskRow, from: number, to: number): string[] {
  const times = new Map<number, number>();
  for (const row of run.rows) {
    if (row.kind !== 'task' || row.thread !== task.thread || row === task) continue;
    overlapping(row, from, to, (place, length) => {
      if (row.state[place] === 0) times.set(row.place, (times.get(row.place) ?? 0) + length);
    });
  }
  const polled =
    times.size === 0 ? [] : [`Meanwhile its executor polled ${ranked(times, (who) => nameOf(run, who))}.`];
  const thread = run.rows[task.thread];
  if (thread?.kind !== 'thread') return polled;
  const wanted = timeIn(thread, from, to, 1);
  return wanted === 0
    ? polled
    : [
        ...polled,
        `For ${lengthText(wanted)} of it the thread itself wanted a CPU: that part is the kernel’s.`,
      ];
}

/** How long a thread was in a state within a stretch. */
function timeIn(thread: ThreadRow, from: number, to: number, state: number): number {
  let total = 0;
  overlapping(thread, from, to, (place, length) => {
    if (thread.state[place] === state) total += length;
  });
  return total;
}

export function nameOf(run: Run, place: number): string {
  const row: Row | undefined = run.rows[place];
  return row?.name ?? 'another program';
}

function ranked(times: ReadonlyMap<number, number>, name: (who: number) => string): string {
  const order = [...times].sort(([, a], [, b]) => b - a);
  const rest = order.slice(NAMED);
  const words = order.slice(0, NAMED).map(([who, time]) => `${name(who)} (${lengthText(time)})`);
  return listText(rest.length === 0 ? words : [...words, `${rest.length} more`]);
}
