import { countText } from '../../../explain/number-text.js';
import { momentText } from '../time-text.js';
import { element, replaceWith } from './element.js';
import type { Row, Run } from './model.js';
import { relationsOf } from './relations.js';
import { firstAfter } from './spans.js';
import { tell, whoWoke } from './tell.js';
import type { View } from './view.js';

/** How many intervals are listed before the selected one, and from it on. */
const BEFORE = 3;
const AFTER = 8;

/** Says all about the selected row: the interval at hand, who woke whom, and what comes before and after. */
export class SelectedPanel {
  readonly #panel: HTMLElement;
  readonly #lines: HTMLElement;
  readonly #view: View;
  #shown = '';

  constructor(panel: HTMLElement, view: View) {
    this.#panel = panel;
    this.#lines = panel.querySelector('#selected-lines')!;
    this.#view = view;
  }

  update(): void {
    const selected = this.#view.selected();
    const key = JSON.stringify(this.#view.selection ?? null);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#panel.hidden = selected === undefined;
    if (selected === undefined) return;
    const { run, row, at } = selected;
    const heading = element('p', {}, element('b', {}, row.name), ` ${row.detail} in ${run.title}`);
    replaceWith(
      this.#lines,
      heading,
      element('p', {}, tell(run, row, at).join(' ')),
      ...this.#relations(run, row),
      this.#list(run, row, at),
    );
  }

  #relations(run: Run, row: Row): HTMLElement[] {
    const { wokenBy, woke } = relationsOf(run, row.place);
    return [['Woken by', wokenBy] as const, ['Has woken', woke] as const].flatMap(([title, counts]) => {
      if (counts.size === 0) return [];
      const names = [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 12)
        .map(([who, times]) => this.#relation(run, who, times));
      return [element('p', {}, `${title}: `, ...names)];
    });
  }

  #relation(run: Run, who: number, times: number): HTMLElement {
    const text = `${whoWoke(run, who)} × ${countText(times)}`;
    if (who < 0) return element('span', { class: 'chip' }, text);
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', () => {
      const at = this.#view.selection?.at ?? 0;
      this.#view.select({ run: run.place, row: who, at });
    });
    return button;
  }

  #list(run: Run, row: Row, at: number): HTMLElement {
    if (row.kind === 'counter') return element('span', {});
    const spans = row.kind === 'thread' && row.from.length === 0 ? row.bands : row;
    const here = firstAfter(spans, at);
    const list = element('ol', { class: 'events' });
    for (let place = Math.max(0, here - BEFORE); place < Math.min(spans.from.length, here + AFTER); place++) {
      const start = spans.from[place]!;
      const button = element('button', { type: 'button' }, momentText(start));
      button.addEventListener('click', () => {
        this.#view.select({ run: run.place, row: row.place, at: start });
        this.#view.reveal(start - this.#view.shifts[run.place]!);
      });
      const item = element('li', {}, button, ` ${tell(run, row, start)[0] ?? ''}`);
      if (place === here) item.setAttribute('aria-current', 'true');
      list.append(item);
    }
    return list;
  }
}
