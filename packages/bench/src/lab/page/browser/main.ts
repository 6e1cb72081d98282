import './browser.css';
import { connectControls, showControls } from './controls.js';
import { decode } from './decode.js';
import { byId, element } from './element.js';
import { Frames } from './frames.js';
import type { Model } from './model.js';
import { Navigator } from './navigator.js';
import { linkTo } from './permalink.js';
import { connectPointer } from './pointer.js';
import { isAsking, predict, reveal } from './predict.js';
import { Search } from './search.js';
import { Stage } from './stage.js';
import { View } from './view.js';

document.documentElement.classList.add('scripted');
predict();
start().catch((error: unknown) => {
  reveal();
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

/** Puts the parts together: who changes the view asks for a frame, and a frame draws all of it. */
function run(model: Model): void {
  document.documentElement.classList.add('live');
  const view = new View(model);
  const stages = [...document.querySelectorAll<HTMLElement>('.stage')].map(
    (stage, place) => new Stage(model.runs[place]!, stage),
  );
  const frames = new Frames(view, stages);
  const navigator = new Navigator(view, stages);
  const search = new Search(view, (place, row) => navigator.go(place, row));
  view.onChange(() => frames.ask());
  linkTo(view, () => showControls(view));
  showControls(view);
  connectControls(view, {
    in: () => view.zoom(0.5),
    out: () => view.zoom(2),
    left: () => view.pan(-0.25),
    right: () => view.pan(0.25),
    fit: () => view.fit(),
    undo: () => view.undo(),
    previous: () => navigator.step(-1),
    next: () => navigator.step(1),
    keys: () => (byId('keys') as HTMLDialogElement).showModal(),
    lookFor: () => {
      if (!isAsking()) navigator.lookOn();
    },
    mark: () => view.mark(view.cursor ?? (view.from + view.to) / 2),
    search: () => search.input.focus(),
    release: () => {
      view.markers = [];
      view.select(undefined);
    },
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-look]')) {
    button.disabled = false;
    button.addEventListener('click', () => navigator.lookAt(Number(button.dataset.look)));
  }
  for (const stage of stages) {
    connectPointer(stage, view, byId('tip'), (drag) => frames.drag(drag));
    connectArrows(stage, navigator);
  }
  addEventListener('resize', () => frames.ask());
  addEventListener('scroll', () => {
    if (stages.some(({ layout, height }) => layout.height > height)) frames.ask();
  });
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', () => frames.repaint());
  }
  frames.ask();
}

function connectArrows({ element: stage, run: { place } }: Stage, navigator: Navigator): void {
  const keys: Readonly<Record<string, () => void>> = {
    ArrowUp: () => navigator.move(place, -1),
    ArrowDown: () => navigator.move(place, 1),
    ArrowLeft: () => navigator.step(-1),
    ArrowRight: () => navigator.step(1),
  };
  stage.addEventListener('keydown', (event) => {
    const go = keys[event.key];
    if (go === undefined) return;
    event.preventDefault();
    go();
  });
}
