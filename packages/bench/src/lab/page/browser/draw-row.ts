import type { Band, Window } from './draw-spans.js';
import { type CounterRow, HAS, LOOKS, type Row, type Run, type SpanRow, type ThreadRow } from './model.js';
import type { Paint } from './paint.js';
import { firstAfter, lastUpTo } from './spans.js';

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

/** Counted, not seen: a graph of shares with an outline, so that nobody takes it for intervals. */
function drawBands(
  context: CanvasRenderingContext2D,
  row: ThreadRow,
  window: Window,
  { y, height }: Band,
  paint: Paint,
): void {
  const { bands } = row;
  const scale = window.width / (window.to - window.from);
  const right = window.left + window.width;
  const bottom = y + height;
  const hue = paint.hues[row.hue]!;
  let point = -1;
  let running = 0;
  let runnable = 0;
  let total = 0;
  const draw = (x: number, width: number, ran: number, wanted: number) => {
    context.globalAlpha *= 0.55;
    context.fillStyle = hue;
    context.fillRect(x, bottom - ran * height, width, ran * height);
    context.globalAlpha /= 0.55;
    context.fillStyle = hue;
    context.fillRect(x, bottom - (ran + wanted) * height, width, wanted * height);
    context.fillStyle = paint.hatch;
    context.fillRect(x, bottom - (ran + wanted) * height, width, wanted * height);
    context.fillStyle = paint.ink;
    context.fillRect(x, bottom - ran * height - 0.75, width, 1.5);
  };
  const flush = () => {
    if (total > 0) draw(point, 1, running / total, runnable / total);
    running = runnable = total = 0;
  };
  for (let place = firstAfter(bands, window.from); place < bands.from.length; place++) {
    const x = Math.max(window.left, window.left + (bands.from[place]! - window.from) * scale);
    if (x >= right) break;
    const end = Math.min(right, window.left + (bands.to[place]! - window.from) * scale);
    const ran = Math.min(1, bands.running[place]! / 1000);
    const wanted = Math.min(1 - ran, bands.runnable[place]! / 1000);
    if (end - x >= 1) {
      flush();
      draw(x, end - x, ran, wanted);
      continue;
    }
    if (Math.floor(x) !== point) flush();
    point = Math.floor(x);
    running += ran * (end - x);
    runnable += wanted * (end - x);
    total += end - x;
  }
  flush();
  context.strokeStyle = paint.faint;
  context.setLineDash([2, 3]);
  const from = Math.max(window.left, window.left + (row.lifeFrom - window.from) * scale);
  const to = Math.min(right, window.left + (row.lifeTo - window.from) * scale);
  if (to > from) context.strokeRect(from, y + 0.5, to - from, height - 1);
  context.setLineDash([]);
}

function drawCounter(
  context: CanvasRenderingContext2D,
  row: CounterRow,
  window: Window,
  { y, height }: Band,
  paint: Paint,
): void {
  const { at, values, most } = row;
  const scale = window.width / (window.to - window.from);
  const right = Math.min(window.left + window.width, window.left + (row.lifeTo - window.from) * scale);
  const bottom = y + height;
  context.fillStyle = paint.other;
  for (let place = Math.max(0, lastUpTo(at, window.from)); place < at.length; place++) {
    const x = Math.max(window.left, window.left + (at[place]! - window.from) * scale);
    if (x >= right) break;
    const next = at[place + 1] ?? Number.POSITIVE_INFINITY;
    let end = Math.min(right, window.left + (next - window.from) * scale);
    let value = values[place]!;
    // Of all steps within one point, the highest is shown.
    while (end - x < 1 && place + 1 < at.length) {
      place += 1;
      value = Math.max(value, values[place]!);
      end = Math.min(
        right,
        window.left + ((at[place + 1] ?? Number.POSITIVE_INFINITY) - window.from) * scale,
      );
    }
    if (value > 0) context.fillRect(x, bottom - (value / most) * height, end - x, (value / most) * height);
  }
  context.fillStyle = paint.line;
  context.fillRect(window.left, bottom, Math.max(0, right - window.left), 1);
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

function drawWords(
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
