import { byId } from './element.js';
import { neighbour } from './events.js';
import type { Stage } from './stage.js';
import { tell } from './tell.js';
import type { View } from './view.js';

/** Goes from one thing to another: selects it, brings it into sight, and says for who cannot see it what it is. */
export class Navigator {
  readonly #view: View;
  readonly #stages: readonly Stage[];
  #looked = -1;

  constructor(view: View, stages: readonly Stage[]) {
    this.#view = view;
    this.#stages = stages;
  }

  /** To a row, at a moment of its run; else at the cursor, or as near to that as the row lived. */
  go(run: number, row: number, at?: number): void {
    const view = this.#view;
    const target = view.model.runs[run]?.rows[row];
    if (target === undefined) return;
    const shift = view.shifts[run]!;
    const nearest = Math.min(target.lifeTo - 1, (view.cursor ?? view.from) + shift);
    const moment = at ?? Math.max(target.lifeFrom, nearest);
    view.hiddenRuns.delete(run);
    view.select({ run, row, at: moment });
    view.reveal(moment - shift);
    const { element, layout } = this.#stages[run]!;
    const y = element.getBoundingClientRect().top + layout.tops[row]!;
    if (y < 60 || y > innerHeight - 60) scrollBy({ top: y - innerHeight / 3 });
    announce(tell(view.model.runs[run]!, target, moment).join(' '));
  }

  /** To the event of the selected row after or before this one. */
  step(direction: 1 | -1): void {
    const selected = this.#view.selected();
    if (selected === undefined) {
      this.go(0, 0);
      return;
    }
    const { run, row } = selected;
    const at = neighbour(row, selected.at, direction);
    if (at !== undefined) this.go(run.place, row.place, at);
    else announce(`${row.name} has no ${direction > 0 ? 'later' : 'earlier'} event.`);
  }

  /** To the row above or below, or to the first one of another run. */
  move(run: number, by: number): void {
    const { selection } = this.#view;
    this.go(run, selection?.run === run ? selection.row + by : 0);
  }

  /** To what is to be looked for next. */
  lookOn(): void {
    this.lookAt((this.#looked + 1) % Math.max(1, this.#view.model.lookFor.length));
  }

  lookAt(place: number): void {
    const view = this.#view;
    const entry = view.model.lookFor[place];
    if (entry === undefined) return;
    this.#looked = place;
    const middle = (entry.at + entry.to) / 2 - view.shifts[entry.run]!;
    const half = Math.max((entry.to - entry.at) * 1.5, (view.most - view.least) / 20);
    view.show(middle - half, middle + half);
    for (const button of document.querySelectorAll('[data-look]')) button.removeAttribute('aria-current');
    const button = document.querySelector(`[data-look="${place}"]`);
    button?.setAttribute('aria-current', 'true');
    if (entry.row >= 0) this.go(entry.run, entry.row, entry.at);
    else {
      view.cursor = entry.at - view.shifts[entry.run]!;
      view.changed();
    }
    announce(button?.parentElement?.textContent ?? '');
  }
}

function announce(text: string): void {
  byId('announce').textContent = text;
}
