import { lengthText, momentText } from '../time-text.js';
import { GUTTER } from './layout.js';
import type { Paint } from './paint.js';
import { firstAfter } from './spans.js';
import { prepare, type Stage } from './stage.js';
import type { View } from './view.js';

/** More arrows than that hide what they point at. */
const ARROWS = 200;

/** A stretch that is being dragged, on the axis. */
export type Drag = readonly [from: number, to: number] | undefined;

/** Draws what is pointed at: cursor, markers, marks of the program, what to look for, and who woke the selected row. */
export function drawOverlay(stage: Stage, view: View, paint: Paint, drag: Drag): void {
  const { overlay: context, run } = stage;
  prepare(context, stage.width, stage.height, stage.top);
  const shift = view.shifts[run.place]!;
  const line = (at: number, colour: string, dash: readonly number[] = []) => {
    if (at < view.from || at > view.to) return undefined;
    const x = Math.round(stage.x(view, at)) + 0.5;
    context.strokeStyle = colour;
    context.setLineDash([...dash]);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, stage.top);
    context.lineTo(x, stage.top + stage.height);
    context.stroke();
    context.setLineDash([]);
    return x;
  };
  if (drag !== undefined) {
    const [from, to] = [Math.min(...drag), Math.max(...drag)];
    context.globalAlpha = 0.18;
    context.fillStyle = paint.accent;
    context.fillRect(stage.x(view, from), stage.top, stage.x(view, to) - stage.x(view, from), stage.height);
    context.globalAlpha = 1;
  }
  for (const { at, name } of run.marks) {
    const x = line(at - shift, paint.faint, [1, 3]);
    if (x !== undefined) label(context, name, x + 7, stage.top + 12, paint.faint, paint);
  }
  line(run.end - shift, paint.faint, [6, 3]);
  if (view.startUp) line(-shift, paint.accent, [6, 3]);
  drawSelected(stage, view, paint);
  drawArrows(stage, view, paint);
  for (const [place, { run: of, at, row }] of view.model.lookFor.entries()) {
    if (of === run.place) drawFlag(stage, view, paint, at - shift, row, place + 1);
  }
  for (const [place, at] of view.markers.entries()) {
    const x = line(at, paint.ink, [4, 2]);
    if (x === undefined) continue;
    const other = view.markers[0]!;
    const text =
      place === 0
        ? `1: ${momentText(at)}`
        : `2: ${momentText(at)}, ${lengthText(Math.abs(at - other))} apart`;
    label(context, text, x, stage.top + stage.height - 4 - 13 * place, paint.ink, paint);
  }
  if (view.cursor !== undefined) line(view.cursor, paint.accent);
}

function drawSelected(stage: Stage, view: View, paint: Paint): void {
  const selected = view.selected();
  if (selected?.run !== stage.run) return;
  const { overlay: context, layout, run } = stage;
  const { row, at } = selected;
  const top = layout.tops[row.place]!;
  context.strokeStyle = paint.accent;
  context.lineWidth = 1;
  context.strokeRect(0.5, top + 0.5, stage.width - 1, layout.heights[row.place]! - 1);
  if (row.kind === 'counter') return;
  const spans = row.kind === 'thread' && row.from.length === 0 ? row.bands : row;
  const place = firstAfter(spans, at);
  const from = spans.from[place];
  if (from === undefined || from > at) return;
  const shift = view.shifts[run.place]!;
  const x = Math.max(GUTTER, stage.x(view, from - shift));
  const end = Math.min(stage.width, stage.x(view, spans.to[place]! - shift));
  if (end < GUTTER) return;
  context.lineWidth = 2.5;
  context.strokeRect(x, top + 1.5, Math.max(3, end - x), layout.heights[row.place]! - 3);
}

/** From whoever woke the selected row, and from it to whomever it woke, at the moments at which that was. */
function drawArrows(stage: Stage, view: View, paint: Paint): void {
  const selected = view.selected();
  if (selected?.run !== stage.run) return;
  const { run, row } = selected;
  const { from, to } = stage.window(view);
  let drawn = 0;
  for (const wakee of run.rows) {
    if (wakee.kind !== 'thread' && wakee.kind !== 'task') continue;
    if (wakee !== row && !view.lit?.has(wakee.place)) continue;
    for (
      let place = firstAfter(wakee, from);
      place < wakee.from.length && wakee.from[place]! <= to;
      place++
    ) {
      const waker = wakee.wokenBy[place]!;
      if (waker < 0 || wakee.from[place]! < from || (wakee !== row && waker !== row.place)) continue;
      if (drawn === ARROWS) return;
      drawn += 1;
      arrow(stage, view, wakee.from[place]!, waker, wakee.place, paint);
    }
  }
}

function arrow(stage: Stage, view: View, at: number, from: number, to: number, paint: Paint): void {
  const { overlay: context, layout, run } = stage;
  const x = stage.x(view, at - view.shifts[run.place]!);
  const middle = (row: number) => layout.tops[row]! + layout.heights[row]! / 2;
  const [start, end] = [middle(from), middle(to)];
  const direction = Math.sign(end - start);
  context.strokeStyle = paint.ink;
  context.fillStyle = paint.ink;
  context.lineWidth = 1.2;
  context.beginPath();
  context.moveTo(x, start);
  context.lineTo(x, end - direction * 6);
  context.stroke();
  context.beginPath();
  context.moveTo(x, end);
  context.lineTo(x - 3.5, end - direction * 7);
  context.lineTo(x + 3.5, end - direction * 7);
  context.fill();
}

function drawFlag(stage: Stage, view: View, paint: Paint, at: number, row: number, number: number): void {
  if (at < view.from || at > view.to) return;
  const { overlay: context, layout } = stage;
  const x = stage.x(view, at);
  const y = row < 0 ? stage.top + 8 : layout.tops[row]! + 8;
  context.fillStyle = paint.accent;
  context.beginPath();
  context.arc(x, y, 7.5, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = paint.paper;
  context.font = '700 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.fillText(String(number), x, y + 4);
  context.textAlign = 'left';
}

function label(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  paint: Paint,
): void {
  context.font = '11px system-ui, sans-serif';
  const { width } = context.measureText(text);
  const right = context.canvas.width / devicePixelRatio;
  const left = x + width + 8 > right ? x - width - 5 : x + 4;
  context.fillStyle = paint.paper;
  context.fillRect(left - 2, y - 10, width + 4, 13);
  context.fillStyle = colour;
  context.fillText(text, left, y);
}
