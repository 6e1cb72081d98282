import { eachBar } from '../counter-bars.js';
import type { Band, Window } from './draw-spans.js';
import type { CounterRow } from './model.js';
import type { Paint } from './paint.js';
import { lastUpTo } from './spans.js';

/** A graph of steps: how many there are at each moment. */
export function drawCounter(
  context: CanvasRenderingContext2D,
  row: CounterRow,
  window: Window,
  { y, height }: Band,
  paint: Paint,
): void {
  const { at, most } = row;
  const scale = window.width / (window.to - window.from);
  const right = Math.min(window.left + window.width, window.left + (row.lifeTo - window.from) * scale);
  const bottom = y + height;
  context.fillStyle = paint.other;
  const bars = {
    left: window.left,
    right,
    place: (ns: number) => window.left + (ns - window.from) * scale,
    grain: 1,
  };
  eachBar(row, Math.max(0, lastUpTo(at, window.from)), bars, (from, to, value) => {
    const tall = (value / most) * height;
    context.fillRect(from, bottom - tall, to - from, tall);
  });
  context.fillStyle = paint.line;
  context.fillRect(window.left, bottom, Math.max(0, right - window.left), 1);
}
