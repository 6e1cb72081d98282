import { ticksOf } from '../ticks.js';
import { GUTTER, RIGHT } from './layout.js';
import type { Paint } from './paint.js';
import { fitCanvas, prepare } from './stage.js';
import type { View } from './view.js';

const HEIGHT = 24;

/** The times above the lanes; it stays in sight while they scroll. */
export function drawAxis(canvas: HTMLCanvasElement, width: number, view: View, paint: Paint): void {
  fitCanvas(canvas, width, HEIGHT);
  const context = canvas.getContext('2d')!;
  prepare(context, width, HEIGHT);
  const room = Math.max(50, width - GUTTER - RIGHT);
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = paint.faint;
  context.fillText(view.align === 'end' ? 'all end together' : 'since the barrier', 12, 16);
  for (const { at, text } of ticksOf(view.from, view.to, room / 110)) {
    const x = GUTTER + ((at - view.from) / (view.to - view.from)) * room;
    context.fillStyle = paint.line;
    context.fillRect(Math.round(x), 18, 1, 6);
    const half = context.measureText(text).width / 2;
    context.fillStyle = paint.ink;
    context.fillText(text, Math.min(width - 2 * half - 2, Math.max(GUTTER - 8, x - half)), 13);
  }
}
