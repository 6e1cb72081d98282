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
