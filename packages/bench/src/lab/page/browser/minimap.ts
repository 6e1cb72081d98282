import { lengthText, momentText } from '../time-text.js';
import { drawSpans } from './draw-spans.js';
import { GUTTER, RIGHT } from './layout.js';
import type { Paint } from './paint.js';
import { Raster } from './raster.js';
import { fitCanvas, prepare } from './stage.js';
import type { View } from './view.js';

const HEIGHT = 46;

/** All of it, small, with the stretch that is shown. Drawn once for each size, and then copied. */
export class Minimap {
  readonly canvas: HTMLCanvasElement;
  readonly #still = document.createElement('canvas');
  #stillOf = '';
  #width = 0;

  constructor(canvas: HTMLCanvasElement, view: View) {
    this.canvas = canvas;
    const move = (event: PointerEvent) => {
      const share = (event.offsetX - GUTTER) / (this.#width - GUTTER - RIGHT);
      const at = view.least + share * (view.most - view.least);
      const half = (view.to - view.from) / 2;
      view.show(at - half, at + half, false);
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      move(event);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (event.buttons === 1) move(event);
    });
    canvas.addEventListener('keydown', (event) => {
      const by = { ArrowLeft: -0.1, ArrowRight: 0.1, PageDown: -0.9, PageUp: 0.9 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      view.pan(by);
    });
  }

  draw(width: number, view: View, paint: Paint): void {
    this.#width = width;
    fitCanvas(this.canvas, width, HEIGHT);
    const { least, most } = view;
    const key = [
      width,
      devicePixelRatio,
      least,
      most,
      paint.paper,
      ...view.shifts,
      ...view.hiddenRuns,
    ].join();
    if (key !== this.#stillOf) {
      this.#stillOf = key;
      this.#drawStill(width, view, paint);
    }
    const context = this.canvas.getContext('2d')!;
    prepare(context, width, HEIGHT);
    context.drawImage(this.#still, 0, 0, width, HEIGHT);
    const room = width - GUTTER - RIGHT;
    const x = (at: number) => GUTTER + ((at - least) / (most - least)) * room;
    context.globalAlpha = 0.6;
    context.fillStyle = paint.paper;
    context.fillRect(GUTTER, 0, x(view.from) - GUTTER, HEIGHT);
    context.fillRect(x(view.to), 0, GUTTER + room - x(view.to), HEIGHT);
    context.globalAlpha = 1;
    context.strokeStyle = paint.accent;
    context.lineWidth = 2;
    context.strokeRect(x(view.from), 1, Math.max(3, x(view.to) - x(view.from)), HEIGHT - 2);
    context.font = '11px system-ui, sans-serif';
    context.fillStyle = paint.ink;
    context.fillText(`${lengthText(view.to - view.from)} shown`, 12, 20);
    context.fillStyle = paint.faint;
    context.fillText(`of ${lengthText(most - least)}`, 12, 35);
    const middle = (view.from + view.to) / 2;
    this.canvas.setAttribute('aria-valuenow', String(Math.round(((middle - least) / (most - least)) * 100)));
    this.canvas.setAttribute('aria-valuetext', `${momentText(view.from)} to ${momentText(view.to)}`);
  }

  #drawStill(width: number, view: View, paint: Paint): void {
    fitCanvas(this.#still, width, HEIGHT);
    const ratio = devicePixelRatio;
    const raster = new Raster();
    raster.clear(this.#still.width, this.#still.height);
    const runs = view.model.runs.filter(({ place }) => !view.hiddenRuns.has(place));
    const each = HEIGHT / Math.max(1, runs.length);
    for (const [index, run] of runs.entries()) {
      const rows = run.rows.filter((row) => row.kind === 'thread' || row.kind === 'task');
      const height = Math.max(1, (each - 4) / Math.max(1, rows.length));
      const shift = view.shifts[run.place]!;
      const window = {
        from: view.least + shift,
        to: view.most + shift,
        left: GUTTER * ratio,
        width: (width - GUTTER - RIGHT) * ratio,
      };
      for (const [place, row] of rows.slice(0, Math.ceil(each)).entries()) {
        const y = Math.round((index * each + 2 + place * height) * ratio);
        drawSpans(raster, row, window, { y, height: Math.max(1, Math.floor((height - 0.5) * ratio)) }, paint);
      }
    }
    raster.show(this.#still.getContext('2d')!);
  }
}
