import type { Cell, Tone } from './cell.js';

/** The text of cells, in colour where that is wanted: one sequence for each stretch of the same colour. */
export function painted(cells: readonly Cell[], colour: boolean): string {
  if (!colour) return cells.map(({ glyph }) => glyph).join('');
  let text = '';
  let tone: Tone = 'plain';
  for (const cell of cells) {
    if (cell.tone !== tone) text += change(tone, cell.tone);
    tone = cell.tone;
    text += cell.glyph;
  }
  return text + change(tone, 'plain');
}

function change(from: Tone, to: Tone): string {
  return (from === 'plain' ? '' : '\u001b[0m') + (to === 'plain' ? '' : `\u001b[${code(to)}m`);
}

// Without red beside green, and none that a light or a dark background swallows.
const HUES = [36, 34, 35, 32, 96, 94, 95, 92];

function code(tone: Exclude<Tone, 'plain'>): number {
  if (typeof tone === 'number') return HUES[tone % HUES.length] as number;
  return { wanting: 33, idle: 90, hollow: 31, other: 90 }[tone];
}
