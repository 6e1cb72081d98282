import type { GlyphName } from '../glyphs.js';
import { byId } from './element.js';
import type { Alignment, View } from './view.js';

/** What a button or a key can ask for. */
export interface Actions {
  readonly in: () => void;
  readonly out: () => void;
  readonly left: () => void;
  readonly right: () => void;
  readonly fit: () => void;
  readonly undo: () => void;
  readonly previous: () => void;
  readonly next: () => void;
  readonly keys: () => void;
  readonly lookFor: () => void;
  readonly mark: () => void;
  readonly search: () => void;
  readonly release: () => void;
}

const KEYS: Readonly<Record<string, keyof Actions>> = {
  w: 'in',
  s: 'out',
  a: 'left',
  d: 'right',
  f: 'fit',
  z: 'undo',
  '[': 'previous',
  ']': 'next',
  n: 'lookFor',
  m: 'mark',
  '/': 'search',
  '?': 'keys',
  Escape: 'release',
};

/** Puts the buttons, boxes and keys of the page to work. */
export function connectControls(view: View, actions: Actions): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-do]')) {
    button.addEventListener('click', () => actions[button.dataset.do as keyof Actions]());
  }
  byId('start-up').addEventListener('change', ({ target }) => {
    view.startUp = (target as HTMLInputElement).checked;
    view.fit();
    view.changed();
  });
  byId('align').addEventListener('change', ({ target }) =>
    view.alignOn((target as HTMLSelectElement).value as Alignment),
  );
  for (const box of document.querySelectorAll<HTMLInputElement>('[data-show]')) {
    box.addEventListener('change', () => {
      const run = Number(box.dataset.show);
      if (box.checked) view.hiddenRuns.delete(run);
      else view.hiddenRuns.add(run);
      view.changed();
    });
  }
  for (const box of document.querySelectorAll<HTMLInputElement>('[data-glyph]')) {
    box.addEventListener('change', () => {
      const glyph = box.dataset.glyph as GlyphName;
      if (box.checked) view.hiddenGlyphs.delete(glyph);
      else view.hiddenGlyphs.add(glyph);
      view.changed();
    });
  }
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, select, textarea, dialog') !== null) {
      if (event.key === 'Escape' && target.id === 'search') target.blur();
      return;
    }
    const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined) return;
    event.preventDefault();
    actions[action]();
  });
}

/** Shows in the controls what the view is set to, after an address has changed it. */
export function showControls(view: View): void {
  (byId('start-up') as HTMLInputElement).checked = view.startUp;
  (byId('align') as HTMLSelectElement).value = view.align;
  for (const box of document.querySelectorAll<HTMLInputElement>('[data-show]')) {
    box.checked = !view.hiddenRuns.has(Number(box.dataset.show));
  }
}
