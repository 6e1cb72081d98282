import './browser.css';
import { atCursor } from './at-cursor.js';
import { drawAxis } from './axis.js';
import { connectControls, showControls } from './controls.js';
import { decode } from './decode.js';
import { byId, element, replaceWith } from './element.js';
import { neighbour } from './events.js';
import { Minimap } from './minimap.js';
import type { Model } from './model.js';
import { type Drag, drawOverlay } from './overlay.js';
import { readPaint } from './paint.js';
import { linkTo } from './permalink.js';
import { connectPointer } from './pointer.js';
import { predict } from './predict.js';
import { relationsOf } from './relations.js';
import { Search } from './search.js';
import { SelectedPanel } from './selected-panel.js';
import { Stage } from './stage.js';
import { tell } from './tell.js';
import { View } from './view.js';

predict();
start().catch((error: unknown) => {
  const because = error instanceof Error ? error.message : String(error);
  byId('lanes').prepend(
    element(
      'p',
      { role: 'alert', class: 'failed' },
      `The lanes cannot be drawn: ${because}. The still pictures below show the whole runs; a newer browser may do better.`,
    ),
  );
});

async function start(): Promise<void> {
  const packed = JSON.parse(byId('data').textContent ?? '') as string;
  run(await decode(packed));
}

/** Puts the parts together: whatever changes the view asks for one frame, and a frame draws all of it. */
function run(model: Model): void {
  document.documentElement.classList.add('live');
  const view = new View(model);
  const stages = [...document.querySelectorAll<HTMLElement>('.run')].map(
    (section, place) => new Stage(model.runs[place]!, section.querySelector('.stage')!),
  );
  const sections = [...document.querySelectorAll<HTMLElement>('.run')];
  const axis = byId('axis').querySelector('canvas')!;
  const minimap = new Minimap(byId('minimap') as HTMLCanvasElement, view);
  const panel = new SelectedPanel(byId('selected'), view);
  const tip = byId('tip');
  let paint = readPaint();
  let drag: Drag;
  let asked = false;

  const frame = () => {
    asked = false;
    const width = Math.floor(byId('axis').clientWidth);
    // On paper there are no canvases.
    if (width === 0) return;
    for (const stage of stages) {
      sections[stage.run.place]!.hidden = view.hiddenRuns.has(stage.run.place);
      if (view.hiddenRuns.has(stage.run.place)) continue;
      stage.resize();
      stage.draw(view, paint);
      drawOverlay(stage, view, paint, drag);
    }
    drawAxis(axis, width, view, paint);
    minimap.draw(width, view, paint);
    panel.update();
    if (view.cursor === undefined) return;
    const { at, lines } = atCursor(view, view.cursor);
    replaceWith(
      byId('at-cursor-lines'),
      element('p', { class: 'when' }, at),
      ...lines.map(([title, line]) => element('p', {}, element('b', {}, title), ` ${line}`)),
    );
  };
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(frame);
  };

  const light = () => {
    const { selection } = view;
    view.lit =
      selection === undefined ? undefined : relationsOf(model.runs[selection.run]!, selection.row).lit;
  };
  let litFor = '';
  view.onChange(() => {
    const { selection } = view;
    const key = selection === undefined ? '' : `${selection.run} ${selection.row}`;
    if (key !== litFor) light();
    litFor = key;
    ask();
  });
  linkTo(view, () => showControls(view));
  showControls(view);
  light();

  const announce = (text: string) => {
    byId('announce').textContent = text;
  };
  const announceSelected = () => {
    const selected = view.selected();
    if (selected !== undefined) announce(tell(selected.run, selected.row, selected.at).join(' '));
  };
  const go = (place: number, row: number, at?: number) => {
    const target = model.runs[place]!.rows[row]!;
    const shift = view.shifts[place]!;
    const moment =
      at ?? Math.max(target.lifeFrom, Math.min(target.lifeTo - 1, (view.cursor ?? view.from) + shift));
    view.hiddenRuns.delete(place);
    view.select({ run: place, row, at: moment });
    view.reveal(moment - shift);
    const stage = stages[place]!;
    const y = stage.element.getBoundingClientRect().top + stage.layout.tops[row]!;
    if (y < 60 || y > innerHeight - 60) scrollBy({ top: y - innerHeight / 3 });
    announceSelected();
  };
  const step = (direction: 1 | -1) => {
    const selected = view.selected();
    if (selected === undefined) return go(0, 0);
    const at = neighbour(selected.row, selected.at, direction);
    if (at === undefined)
      announce(`${selected.row.name} has no ${direction > 0 ? 'later' : 'earlier'} event.`);
    else go(selected.run.place, selected.row.place, at);
  };
  let looked = -1;
  const lookAt = (place: number) => {
    const entry = model.lookFor[place];
    if (entry === undefined) return;
    looked = place;
    const middle = (entry.at + entry.to) / 2 - view.shifts[entry.run]!;
    const half = Math.max((entry.to - entry.at) * 1.5, (view.most - view.least) / 20);
    view.show(middle - half, middle + half);
    for (const button of document.querySelectorAll('[data-look]')) button.removeAttribute('aria-current');
    const button = document.querySelector(`[data-look="${place}"]`);
    button?.setAttribute('aria-current', 'true');
    if (entry.row >= 0) go(entry.run, entry.row, entry.at);
    else {
      view.cursor = entry.at - view.shifts[entry.run]!;
      view.changed();
    }
    announce(button?.parentElement?.textContent ?? '');
  };
  for (const button of document.querySelectorAll<HTMLElement>('[data-look]')) {
    button.addEventListener('click', () => lookAt(Number(button.dataset.look)));
  }

  const search = new Search(view, (place, row) => go(place, row));
  const keys = byId('keys') as HTMLDialogElement;
  connectControls(view, {
    in: () => view.zoom(0.5),
    out: () => view.zoom(2),
    left: () => view.pan(-0.25),
    right: () => view.pan(0.25),
    fit: () => view.fit(),
    undo: () => view.undo(),
    previous: () => step(-1),
    next: () => step(1),
    keys: () => keys.showModal(),
    lookFor: () => lookAt((looked + 1) % Math.max(1, model.lookFor.length)),
    mark: () => {
      const selected = view.selected();
      const at =
        view.cursor ??
        (selected === undefined ? (view.from + view.to) / 2 : selected.at - view.shifts[selected.run.place]!);
      view.mark(at);
    },
    search: () => search.input.focus(),
    release: () => {
      view.markers = [];
      view.select(undefined);
    },
  });
  for (const stage of stages) {
    connectPointer(stage, view, tip, (next) => {
      drag = next;
      ask();
    });
    stage.element.addEventListener('keydown', (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by === undefined) {
        if (event.key === 'ArrowLeft') step(-1);
        else if (event.key === 'ArrowRight') step(1);
        else return;
        event.preventDefault();
        return;
      }
      event.preventDefault();
      const here = view.selection?.run === stage.run.place ? view.selection.row + by : 0;
      if (stage.run.rows[here] !== undefined) go(stage.run.place, here);
    });
  }

  addEventListener('resize', ask);
  addEventListener('scroll', () => {
    if (stages.some(({ layout, height }) => layout.height > height)) ask();
  });
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', () => {
      paint = readPaint();
      ask();
    });
  }
  ask();
}
