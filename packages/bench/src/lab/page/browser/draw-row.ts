import { drawBands } from './draw-bands.js';
import { drawCounter } from './draw-counter.js';
import type { Band, Window } from './draw-spans.js';
import { drawWords } from './draw-words.js';
import type { Row, Run } from './model.js';
import type { Paint } from './paint.js';
import { firstAfter } from './spans.js';

/** Draws over the intervals of a row what is special about them, and words on those that have room. */
export function drawRow(
  context: CanvasRenderingContext2D,
  run: Run,
  row: Row,
  window: Window,
  band: Band,
  paint: Paint,
  wide: readonly number[],
): void {
  if (row.kind === 'counter') {
    drawCounter(context, row, window, band, paint);
    return;
  }
  if (row.kind === 'thread' && row.bands.from.length > 0) drawBands(context, row, window, band, paint);
  if (row.kind === 'thread' && row.from.length + row.bands.from.length === 0) {
    sayUnseen(context, window, band, paint);
  }
  if (row.kind === 'task') drawHoles(context, row.holes, window, band, paint);
  drawWords(context, run, row, window, band, paint, wide);
}

/** The parts of polls in which the thread had no CPU: nothing but the row of the thread can tell. */
function drawHoles(
  context: CanvasRenderingContext2D,
  holes: { readonly from: Float64Array; readonly to: Float64Array },
  window: Window,
  { y, height }: Band,
  paint: Paint,
): void {
  const scale = window.width / (window.to - window.from);
  const right = window.left + window.width;
  let drawnTo = -1;
  for (let place = firstAfter(holes, window.from); place < holes.from.length; place++) {
    const x = Math.max(window.left, window.left + (holes.from[place]! - window.from) * scale);
    if (x >= right) return;
    const end = Math.min(right, window.left + (holes.to[place]! - window.from) * scale);
    // Below half a point it is in the strip's business, not to be blown up.
    if (end - x < 0.5 || end <= drawnTo) continue;
    context.fillStyle = paint.hole;
    context.fillRect(x, y, Math.max(1, end - x), height);
    context.strokeStyle = paint.ink;
    context.lineWidth = 1;
    if (end - x > 3) context.strokeRect(x + 0.5, y + 0.5, end - x - 1, height - 1);
    drawnTo = end;
  }
}

function sayUnseen(
  context: CanvasRenderingContext2D,
  { left }: Window,
  { y, height }: Band,
  paint: Paint,
): void {
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = paint.faint;
  context.fillText('what the kernel did with this thread was not seen', left + 14, y + height / 2 + 4);
}
