import { countText } from '../../../explain/number-text.js';
import { element, replaceWith } from './element.js';
import { GUTTER } from './layout.js';
import type { Drag } from './overlay.js';
import { countBetween } from './spans.js';
import type { Stage } from './stage.js';
import { tell, tellRow } from './tell.js';
import type { View } from './view.js';

/** Less is a click with an unsteady hand. */
const DRAGGED = 5;

/** Hover, click, drag and wheel on the lanes of one run. */
export function connectPointer(
  stage: Stage,
  view: View,
  tip: HTMLElement,
  setDrag: (drag: Drag) => void,
): void {
  const { element: box, run } = stage;
  let pressed: { readonly x: number; readonly at: number } | undefined;
  const place = (event: MouseEvent) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, ...stage.at(view, event.clientX - left, event.clientY - top) };
  };
  const hoverLines = (x: number, place: number, at: number): string[] => {
    const row = run.rows[place];
    if (row === undefined) return [];
    if (x < GUTTER) return tellRow(run, row);
    const { from, to, width } = stage.window(view);
    const half = (to - from) / width / 2;
    const together = row.kind === 'counter' ? 1 : countBetween(row, at - half, at + half);
    return together < 4
      ? tell(run, row, at)
      : [
          ...tell(run, row, at),
          `One of ${countText(together)} intervals in this point of the screen: zoom in (W) to see them.`,
        ];
  };
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const { x, at } = place(event);
    pressed = x < GUTTER ? undefined : { x, at };
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener('pointermove', (event) => {
    const { x, at, row } = place(event);
    view.cursor = at;
    if (pressed !== undefined && Math.abs(x - pressed.x) > DRAGGED) setDrag([pressed.at, at]);
    view.changed();
    const lines = hoverLines(x, row, at + view.shifts[run.place]!);
    tip.hidden = lines.length === 0;
    replaceWith(
      tip,
      ...lines.map((line, index) => element('p', index === 0 ? { class: 'first' } : {}, line)),
    );
    moveTip(tip, event);
  });
  box.addEventListener('pointerup', (event) => {
    const { x, at, row } = place(event);
    const from = pressed;
    pressed = undefined;
    setDrag(undefined);
    if (event.button !== 0) return;
    if (from !== undefined && Math.abs(x - from.x) > DRAGGED)
      view.show(Math.min(from.at, at), Math.max(from.at, at));
    else if (event.shiftKey) view.mark(at);
    else if (run.rows[row] !== undefined)
      view.select({ run: run.place, row, at: at + view.shifts[run.place]! });
  });
  box.addEventListener('pointerleave', () => {
    tip.hidden = true;
  });
  box.addEventListener('pointercancel', () => {
    pressed = undefined;
    setDrag(undefined);
  });
  box.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || event.metaKey) view.zoom(Math.exp(event.deltaY / 300), place(event).at);
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan(event.deltaX / stage.width);
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
}

/** Beside the pointer, and within the window. */
function moveTip(tip: HTMLElement, { clientX, clientY }: MouseEvent): void {
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = clientX + 16 + width > innerWidth ? clientX - width - 12 : clientX + 16;
  const top = clientY + 18 + height > innerHeight ? clientY - height - 12 : clientY + 18;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}
