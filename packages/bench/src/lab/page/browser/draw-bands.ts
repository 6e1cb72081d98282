import type { Band, Window } from './draw-spans.js';
import type { ThreadRow } from './model.js';
import type { Paint } from './paint.js';
import { firstAfter } from './spans.js';

/** Counted, not seen: a graph of shares with an outline, so that nobody takes it for intervals. */
export function drawBands(
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
    if (ran === 0) return;
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
