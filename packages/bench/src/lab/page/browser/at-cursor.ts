import { listText } from '../../../explain/number-text.js';
import { lengthText, momentText } from '../time-text.js';
import { nameOf } from './antagonists.js';
import type { Run, TaskRow, ThreadRow } from './model.js';
import { holding, lastUpTo } from './spans.js';
import type { View } from './view.js';

const NAMED = 4;

/** One line for each run: who has what at the cursor, and who waits for it since when. */
export function atCursor(
  view: View,
  cursor: number,
): {
  readonly at: string;
  readonly lines: readonly (readonly [string, string])[];
} {
  const lines = view.model.runs
    .filter(({ place }) => !view.hiddenRuns.has(place))
    .map((run) => [run.title, sentence(run, cursor + view.shifts[run.place]!)] as const);
  return { at: momentText(cursor), lines };
}

function sentence(run: Run, at: number): string {
  if (at > run.end) return 'it has ended.';
  if (at < run.from) return 'it has not begun.';
  const parts = [...cpus(run, at), ...wanting(run, at), ...tasks(run, at), ...counters(run, at)];
  return parts.length === 0 ? 'nobody of ours runs, and nobody wants to.' : `${parts.join('; ')}.`;
}

function cpus(run: Run, at: number): string[] {
  return run.rows.flatMap((row) => {
    if (row.kind !== 'cpu') return [];
    const place = holding(row, at);
    return [`${row.name} ${place < 0 ? 'none of ours' : nameOf(run, row.who[place]!)}`];
  });
}

function wanting(run: Run, at: number): string[] {
  const wanting = run.rows
    .filter((row): row is ThreadRow => row.kind === 'thread')
    .flatMap((row) => {
      const place = holding(row, at);
      return place >= 0 && row.state[place] === 1
        ? [`${row.name} wants a CPU since ${lengthText(at - row.from[place]!)}`]
        : [];
    });
  return firstOf(wanting, 'want one too');
}

function tasks(run: Run, at: number): string[] {
  const polled: string[] = [];
  const ready: { readonly row: TaskRow; readonly since: number }[] = [];
  for (const row of run.rows) {
    if (row.kind !== 'task') continue;
    const place = holding(row, at);
    if (place < 0) continue;
    const since = at - row.from[place]!;
    if (row.state[place] === 0) {
      const hole = holding(row.holes, at) >= 0 ? ', but its thread has no CPU' : '';
      polled.push(`${row.name} is polled for ${lengthText(since)} so far${hole}`);
    } else if (row.state[place] === 1) ready.push({ row, since });
  }
  const oldest = ready.toSorted((a, b) => b.since - a.since)[0];
  const waits =
    oldest === undefined
      ? []
      : [
          ready.length === 1
            ? `${oldest.row.name} is ready and waits since ${lengthText(oldest.since)}`
            : `${ready.length} tasks are ready, ${oldest.row.name} longest, since ${lengthText(oldest.since)}`,
        ];
  return [...firstOf(polled, 'more are polled'), ...waits];
}

function counters(run: Run, at: number): string[] {
  return run.rows.flatMap((row) => {
    if (row.kind !== 'counter') return [];
    const place = lastUpTo(row.at, at);
    return [`${row.name} ${place < 0 ? 0 : row.values[place]}`];
  });
}

function firstOf(parts: readonly string[], more: string): string[] {
  if (parts.length <= NAMED) return [...parts];
  return [listText(parts.slice(0, NAMED)), `${parts.length - NAMED} ${more}`];
}
