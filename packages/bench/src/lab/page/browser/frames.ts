import { atCursor } from './at-cursor.js';
import { drawAxis } from './axis.js';
import { byId, element, replaceWith } from './element.js';
import { Minimap } from './minimap.js';
import { type Drag, drawOverlay } from './overlay.js';
import { readPaint } from './paint.js';
import { SelectedPanel } from './selected-panel.js';
import type { Stage } from './stage.js';
import type { View } from './view.js';

/** Draws all of it, at most once for each frame of the screen, and only when somebody asks. */
export class Frames {
  readonly #view: View;
  readonly #stages: readonly Stage[];
  readonly #sections = [...document.querySelectorAll<HTMLElement>('.run')];
  readonly #axis = byId('axis').querySelector('canvas')!;
  readonly #minimap: Minimap;
  readonly #panel: SelectedPanel;
  #paint = readPaint();
  #drag: Drag;
  #asked = false;

  constructor(view: View, stages: readonly Stage[]) {
    this.#view = view;
    this.#stages = stages;
    this.#minimap = new Minimap(byId('minimap') as HTMLCanvasElement, view);
    this.#panel = new SelectedPanel(byId('selected'), view);
  }

  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
    });
  }

  repaint(): void {
    this.#paint = readPaint();
    this.ask();
  }

  drag(drag: Drag): void {
    this.#drag = drag;
    this.ask();
  }

  #draw(): void {
    const view = this.#view;
    const paint = this.#paint;
    const width = Math.floor(byId('axis').clientWidth);
    // On paper there are no canvases.
    if (width === 0) return;
    for (const stage of this.#stages) {
      const isHidden = view.hiddenRuns.has(stage.run.place);
      this.#sections[stage.run.place]!.hidden = isHidden;
      if (isHidden) continue;
      stage.resize();
      stage.draw(view, paint);
      drawOverlay(stage, view, paint, this.#drag);
    }
    drawAxis(this.#axis, width, view, paint);
    this.#minimap.draw(width, view, paint);
    this.#panel.update();
    if (view.cursor === undefined) return;
    const { at, lines } = atCursor(view, view.cursor);
    replaceWith(
      byId('at-cursor-lines'),
      element('p', { class: 'when' }, at),
      ...lines.map(([title, line]) => element('p', {}, element('b', {}, title), ` ${line}`)),
    );
  }
}
