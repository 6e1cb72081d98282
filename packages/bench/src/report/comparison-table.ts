import Table from 'cli-table3';
import { countText, durationText, factorText, rangeText } from '../explain/number-text.js';
import type { Cell, Measured } from '../measure/cell.js';
import type { CounterName } from '../measure/counters.js';
import { spreadOf } from '../measure/spread.js';
import { colours } from './colours.js';

/** Counters that get a column where anyone has them, each for one operation. */
const COLUMNS: readonly (readonly [CounterName, string])[] = [
  ['polls', 'polls'],
  ['messages', 'messages'],
  ['voluntary', 'voluntary'],
  ['involuntary', 'involuntary'],
];

/** Draws the cells of one workload: medians with their spreads, and counters per operation. */
export function drawComparison(cells: readonly Cell[]): string {
  const measured = cells.filter((cell) => cell.kind === 'measured');
  const columns = COLUMNS.filter(([name]) => measured.some(({ counters }) => counters[name] !== undefined));
  const fastest = Math.min(...measured.map(({ samples }) => spreadOf(samples).median));
  const head = [
    'contender',
    'median',
    'spread',
    'factor',
    'one run is',
    ...columns.map(([, title]) => title),
  ];
  const table = new Table({
    head,
    colAligns: ['left', 'right', 'right', 'right', 'left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const cell of cells) {
    if (cell.kind === 'measured') table.push([cell.contender, ...numbers(cell, fastest, columns)]);
    else table.push([cell.contender, { colSpan: head.length - 1, hAlign: 'left', content: instead(cell) }]);
  }
  return table.toString();
}

function numbers(cell: Measured, fastest: number, columns: typeof COLUMNS): string[] {
  const { median, low, high } = spreadOf(cell.samples);
  return [
    colours.bold(durationText(median)),
    rangeText(low, high),
    `× ${factorText(median / fastest)}`,
    cell.size,
    ...columns.map(([name]) => {
      const count = cell.counters[name];
      return count === undefined ? '' : countText(count / cell.operations);
    }),
  ];
}

function instead(cell: Exclude<Cell, Measured>): string {
  switch (cell.kind) {
    case 'not applicable':
      return `n/a: ${cell.reason}`;
    case 'failed':
      return colours.red(`error: ${cell.error}`);
    case 'unmeasured':
      return 'not measured';
  }
}
