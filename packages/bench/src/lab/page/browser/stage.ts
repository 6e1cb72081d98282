import { drawGlyphs } from './draw-glyphs.js';
import { drawRow } from './draw-row.js';
import { drawSpans, type Window } from './draw-spans.js';
import { GUTTER, type Layout, layoutOf, RIGHT, rowAt } from './layout.js';
import type { Row, Run } from './model.js';
import type { Paint } from './paint.js';
import { Raster } from './raster.js';
import type { View } from './view.js';

/** How many windows tall a canvas may be, for it costs memory: of a run with thousands of rows, it shows a part. */
const TALLEST = 1.5;

/** How strong rows are that have nothing to do with the selected one. */
const FADED = 0.28;

/** An interval so wide may have words on it. */
const WORDY = 34;

/** The lanes of one run on the page: two canvases, one for what is, one for what is pointed at. */
export class Stage {
  readonly run: Run;
  readonly element: HTMLElement;
  readonly layout: Layout;
  width = 0;
  /** Where the canvas begins, from the top of the stage. */
  top = 0;
  height = 0;
  readonly #raster = new Raster();
  readonly slices: CanvasRenderingContext2D;
  readonly overlay: CanvasRenderingContext2D;

  constructor(run: Run, element: HTMLElement) {
    this.run = run;
    this.element = element;
    this.layout = layoutOf(run);
    const [slices, overlay] = element.querySelectorAll('canvas');
    this.slices = slices!.getContext('2d')!;
    this.overlay = overlay!.getContext('2d')!;
    element.style.height = `${this.layout.height}px`;
  }

  window(view: View): Window {
    const shift = view.shifts[this.run.place]!;
    return {
      from: view.from + shift,
      to: view.to + shift,
      left: GUTTER,
      width: Math.max(50, this.width - GUTTER - RIGHT),
    };
  }

  /** The moment on the axis at a place of the stage, and the row there. */
  at(view: View, x: number, y: number): { readonly at: number; readonly row: number } {
    const { left, width } = this.window(view);
    const share = Math.min(1, Math.max(0, (x - left) / width));
    return { at: view.from + share * (view.to - view.from), row: rowAt(this.layout, y) };
  }

  x(view: View, at: number): number {
    const { left, width } = this.window(view);
    return left + ((at - view.from) / (view.to - view.from)) * width;
  }

  /** Fits both canvases to the stage, or to the part of it that is on the screen. */
  resize(): void {
    const box = this.element.getBoundingClientRect();
    this.width = Math.floor(box.width);
    this.height = Math.ceil(Math.min(TALLEST * Math.max(600, innerHeight), this.layout.height));
    const hidden = Math.max(0, -box.top - (this.height - window.innerHeight) / 2);
    this.top = Math.round(Math.min(this.layout.height - this.height, hidden));
    for (const { canvas } of [this.slices, this.overlay])
      fitCanvas(canvas, this.width, this.height, this.top);
  }

  draw(view: View, paint: Paint): void {
    const { slices: context, run, layout, top } = this;
    prepare(context, this.width, this.height, top);
    const window = this.window(view);
    const wide = this.#drawSpans(view, window, paint);
    context.fillStyle = paint.line;
    context.fillRect(GUTTER - 1, top, 1, this.height);
    const first = rowAt(layout, top);
    for (let place = first; place < run.rows.length && layout.tops[place]! < top + this.height; place++) {
      const row = run.rows[place]!;
      context.globalAlpha = isLit(view, run, place) ? 1 : FADED;
      const band = { y: layout.tops[place]! + 2, height: layout.heights[place]! - 4 };
      drawRow(context, run, row, window, band, paint, wide.get(place) ?? []);
      drawGlyphs(context, row, window, band, paint, view.hiddenGlyphs);
      context.globalAlpha = 1;
      this.#drawName(place, view, paint);
    }
  }

  /** The intervals of all rows, by points; which of them have room for words. */
  #drawSpans(view: View, window: Window, paint: Paint): ReadonlyMap<number, readonly number[]> {
    const { layout, run, top } = this;
    const ratio = devicePixelRatio;
    const raster = this.#raster;
    raster.clear(this.slices.canvas.width, this.slices.canvas.height);
    const points = { ...window, left: window.left * ratio, width: window.width * ratio };
    const wide = new Map<number, readonly number[]>();
    for (let place = rowAt(layout, top); place < run.rows.length; place++) {
      const row = run.rows[place]!;
      if (layout.tops[place]! > top + this.height) break;
      if (row.kind === 'counter') continue;
      raster.strength = isLit(view, run, place) ? 1 : FADED;
      const y = Math.round((layout.tops[place]! + 2 - top) * ratio);
      const band = { y, height: Math.round((layout.heights[place]! - 4) * ratio) };
      wide.set(place, drawSpans(raster, row, points, band, paint, WORDY * ratio));
    }
    raster.show(this.slices);
    return wide;
  }

  #drawName(place: number, view: View, paint: Paint): void {
    const { slices: context, run, layout } = this;
    const row = run.rows[place]!;
    const y = layout.tops[place]! + layout.heights[place]! / 2 + 4;
    const indent = row.kind === 'task' || (row.kind === 'counter' && row.thread >= 0) ? 22 : 12;
    if (view.selection?.run === run.place && view.selection.row === place) {
      context.fillStyle = paint.accent;
      context.fillRect(0, layout.tops[place]!, 4, layout.heights[place]!);
    }
    if (row.kind === 'thread' || row.kind === 'task') {
      context.fillStyle = paint.hues[row.hue]!;
      context.fillRect(indent - 8, layout.tops[place]! + 4, 3, layout.heights[place]! - 8);
    }
    const counted = row.kind === 'thread' && row.bands.from.length > 0;
    const details = counted ? ['thread, counted', 'counted'] : detailsOf(row);
    const quiet = row.kind === 'thread' && row.quiet;
    const light = quiet || row.kind === 'task' || row.kind === 'counter';
    context.font = `${light ? '' : '600 '}${quiet ? 10 : 12}px system-ui, sans-serif`;
    context.fillStyle = paint.ink;
    const room = GUTTER - indent - 10;
    const name = clipped(context, row.name, room);
    context.fillText(name, indent, y);
    const used = context.measureText(name).width;
    context.font = `${quiet ? 10 : 11}px system-ui, sans-serif`;
    context.fillStyle = paint.faint;
    const detail = details.find((words) => context.measureText(words).width < room - used - 6);
    if (detail === undefined) return;
    context.textAlign = 'right';
    context.fillText(detail, GUTTER - 8, y);
    context.textAlign = 'left';
  }
}

/** Clears a canvas, and makes its points those of the stage. */
export function prepare(context: CanvasRenderingContext2D, width: number, height: number, top = 0): void {
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, -top * ratio);
  context.clearRect(0, top, width, height);
}

export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, top = 0): void {
  const ratio = devicePixelRatio;
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== tall) canvas.height = tall;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.style.top = `${top}px`;
}

/** What is said beside a name, as much of it as there is room for. */
function detailsOf(row: Row): string[] {
  switch (row.kind) {
    case 'cpu':
      return [];
    case 'thread':
      return row.detail === '' ? ['thread'] : [`thread ${row.detail}`, 'thread'];
    case 'task':
      return row.detail === '' ? ['task'] : [`task, ${row.detail}`, 'task'];
    case 'counter':
      return [`at most ${row.most}`];
  }
}

function isLit(view: View, run: Run, place: number): boolean {
  return view.selection?.run !== run.place || view.lit === undefined || view.lit.has(place);
}

function clipped(context: CanvasRenderingContext2D, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  let length = name.length;
  while (length > 1 && context.measureText(`${name.slice(0, length)}…`).width > room) length -= 1;
  return `${name.slice(0, length)}…`;
}
