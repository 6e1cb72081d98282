import { colours } from '../report/colours.js';
import { cellText, LEGEND } from './cell-text.js';
import type { Settlement } from './run-settlement.js';
import { columns } from './spawners/list.js';
import { tally } from './tally.js';

const TITLE_WIDTH = 26;
const CELL_WIDTH = 9;

/** Draws the table in 120 columns, with its legend. */
export function drawSettlement(settlement: Settlement): string {
  const { spawners, rows } = settlement;
  const names = spawners.map((name) => columns[name]?.heading ?? [name, '']);
  const counts = tally(settlement);
  const lines = [
    line(
      '',
      names.map(([first]) => first),
    ),
    line(
      '',
      names.map(([, second]) => second),
    ),
    ...rows.map(({ title, cells }) => line(title, cells.map(cellText), true)),
    line(
      'held, of those asked',
      counts.map(({ held, asked }) => `${held}/${asked}`),
    ),
  ];
  const legend = LEGEND.map(([sign, meaning]) => `${sign.padEnd(5)} ${meaning}`);
  return [...lines, '', ...legend].join('\n');
}

function line(title: string, texts: readonly string[], coloured = false): string {
  const cells = texts.map((text) => {
    const padded = text.padEnd(CELL_WIDTH);
    return coloured ? paint(padded) : padded;
  });
  return `${title.padEnd(TITLE_WIDTH)}${cells.join('')}`.trimEnd();
}

function paint(text: string): string {
  if (text.startsWith('ok')) return colours.green(text);
  return /^(hung|down)/.test(text) ? colours.red(text) : text;
}
