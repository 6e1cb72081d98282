import type { Band, Window } from './draw-spans.js';
import { HAS, LOOKS, type Run, type SpanRow } from './model.js';
import type { Paint } from './paint.js';

/** Writes on those intervals that have room what they say by themselves. */
export function drawWords(
  context: CanvasRenderingContext2D,
  run: Run,
  row: SpanRow,
  window: Window,
  { y, height }: Band,
  paint: Paint,
  wide: readonly number[],
): void {
  const scale = window.width / (window.to - window.from);
  const right = window.left + window.width;
  context.font = '11px system-ui, sans-serif';
  for (const place of wide) {
    const x = Math.max(window.left, window.left + (row.from[place]! - window.from) * scale);
    const end = Math.min(right, window.left + (row.to[place]! - window.from) * scale);
    const words = wordsOn(run, row, place);
    if (words === '') continue;
    const has = row.code[place]! % LOOKS === HAS;
    const width = context.measureText(words).width;
    // Signs sit where an interval of a thread begins.
    const indent = row.kind === 'thread' ? 11 : 5;
    if (width > end - x - 2 * indent + 2) continue;
    const middle = y + height / 2 + 4;
    if (!has) {
      context.fillStyle = paint.paper;
      context.fillRect(x + indent - 2, y + 2, width + 4, height - 4);
    }
    context.fillStyle = has ? paint.paper : paint.faint;
    context.fillText(words, x + indent, middle);
  }
}

/** What an interval says by itself. */
function wordsOn(run: Run, row: SpanRow, place: number): string {
  switch (row.kind) {
    case 'cpu':
      return run.rows[row.who[place]!]?.name ?? 'other programs';
    case 'thread':
      return row.cpu[place]! >= 0 ? `CPU ${row.cpu[place]}` : '';
    case 'task':
      return run.words[row.on[place]!] ?? '';
  }
}
