import Table from 'cli-table3';
import { type Spread, spreadOf } from '../measure/spread.js';
import { colours } from '../report/colours.js';
import { type CoreRow, isMet, ratioOf, type Target } from './core-row.js';

/** Draws rows of one group: the ratio first, since it is what the verdict is on. */
export function drawCore(rows: readonly CoreRow[]): string {
  const table = new Table({
    head: [rows[0]?.group ?? '', 'ratio', 'target', '', rows[0]?.unit === 'bytes' ? 'bytes' : 'ns each'],
    colAligns: ['left', 'right', 'right', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const ratio = ratioOf(row);
    const met = isMet(row);
    table.push([
      row.what,
      ratio === undefined ? '' : spread(ratio, 2),
      row.target === undefined ? '' : describe(row.target),
      met === undefined ? '' : met ? colours.green('met') : colours.red('not met'),
      spread(spreadOf(row.samples), row.unit === 'bytes' ? 0 : 1),
    ]);
  }
  return table.toString();
}

/** Says which targets were missed, and by how much. */
export function coreSentence(rows: readonly CoreRow[]): string {
  const judged = rows.filter((row) => row.target !== undefined);
  const missed = judged.filter((row) => isMet(row) === false);
  if (judged.length === 0) return 'No target was measured.';
  if (missed.length === 0) {
    return judged.length === 1 ? 'The one target was met.' : `All ${judged.length} targets were met.`;
  }
  const each = missed.map((row) => `${row.group}, ${row.what} (${got(row)})`);
  return `${missed.length} of ${judged.length} targets ${missed.length === 1 ? 'was' : 'were'} missed: ${each.join('; ')}.`;
}

function got(row: CoreRow): string {
  const ratio = ratioOf(row);
  const { median } = spreadOf(row.samples);
  return ratio === undefined
    ? `${median.toFixed(0)} ${row.unit}`
    : `${ratio.median.toFixed(2)} times ${row.baseline?.what}`;
}

function describe(target: Target): string {
  switch (target.kind) {
    case 'ratio':
      return `≤ ${target.atMost}`;
    case 'bytes':
      return `≤ ${target.atMost} bytes`;
    case 'ns':
      return `≤ ${target.atMost} ns`;
    case 'no cost':
      return 'no more';
  }
}

function spread({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
