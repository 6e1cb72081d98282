import type { GlyphName } from '../glyphs.js';
import type { Model, Row, Run } from './model.js';
import { relationsOf } from './relations.js';
import { firstAfter } from './spans.js';

/** A row of a run, and the moment on it that is meant: in the run's own time. */
export interface Selection {
  readonly run: number;
  readonly row: number;
  readonly at: number;
}

export type Alignment = 'start' | 'end' | 'selected';

/** Less than that is no stretch: the clock counts whole nanoseconds. */
const LEAST = 100;

/**
 * What is shown and what is meant, for all runs at once. All other parts read it and ask it for changes; it tells
 * them when there was one. Times are those of the axis: a run's own time less its shift.
 */
export class View {
  from = 0;
  to = 1;
  /** Where the pointer or the keyboard is, on the axis. */
  cursor: number | undefined;
  selection: Selection | undefined;
  /** Up to two, on the axis. */
  markers: readonly number[] = [];
  startUp = false;
  align: Alignment = 'start';
  readonly shifts: number[];
  readonly hiddenRuns = new Set<number>();
  readonly hiddenGlyphs = new Set<GlyphName>();
  readonly model: Model;

  #lit: { readonly run: number; readonly row: number; readonly rows: ReadonlySet<number> } | undefined;
  readonly #past: (readonly [number, number])[] = [];
  readonly #listeners: (() => void)[] = [];

  constructor(model: Model) {
    this.model = model;
    this.shifts = model.runs.map(() => 0);
    this.from = this.least;
    this.to = this.most;
  }

  /** The axis begins here: at the barrier, or where the first thread began. */
  get least(): number {
    const starts = this.model.runs.map(({ from, place }) => (this.startUp ? from : 0) - this.shifts[place]!);
    return Math.min(0, ...starts);
  }

  get most(): number {
    return Math.max(LEAST, ...this.model.runs.map(({ end, place }) => end - this.shifts[place]!));
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Shows a stretch, within what there is. `remember` is for what a user would want to undo. */
  show(from: number, to: number, remember = true): void {
    const { least, most } = this;
    const length = Math.min(most - least, Math.max(LEAST, to - from));
    const start = Math.min(most - length, Math.max(least, from));
    if (start === this.from && start + length === this.to) return;
    if (remember) this.#past.push([this.from, this.to]);
    this.from = start;
    this.to = start + length;
    this.changed();
  }

  /** Zooms by a factor and keeps `at` where it is. */
  zoom(factor: number, at = this.cursor ?? (this.from + this.to) / 2): void {
    const centre = Math.min(this.to, Math.max(this.from, at));
    this.show(centre - (centre - this.from) * factor, centre + (this.to - centre) * factor);
  }

  pan(share: number): void {
    const by = (this.to - this.from) * share;
    this.show(this.from + by, this.to + by, false);
  }

  fit(): void {
    this.show(this.least, this.most);
  }

  undo(): void {
    const last = this.#past.pop();
    if (last !== undefined) this.show(last[0], last[1], false);
  }

  select(selection: Selection | undefined): void {
    this.selection = selection;
    if (selection !== undefined) this.cursor = selection.at - this.shifts[selection.run]!;
    if (this.align === 'selected') this.alignOn('selected');
    this.changed();
  }

  selected(): { readonly run: Run; readonly row: Row; readonly at: number } | undefined {
    if (this.selection === undefined) return undefined;
    const run = this.model.runs[this.selection.run];
    const row = run?.rows[this.selection.row];
    return run === undefined || row === undefined ? undefined : { run, row, at: this.selection.at };
  }

  /** The rows that stay lit: the selected one, and whoever has to do with it. Undefined where nothing is selected. */
  get lit(): ReadonlySet<number> | undefined {
    const selected = this.selected();
    if (selected === undefined) return undefined;
    const { run, row } = selected;
    if (this.#lit?.run !== run.place || this.#lit.row !== row.place) {
      this.#lit = { run: run.place, row: row.place, rows: relationsOf(run, row.place).lit };
    }
    return this.#lit.rows;
  }

  /** Moves the stretch so that `at` can be seen, and no more than that. */
  reveal(at: number): void {
    if (at >= this.from && at <= this.to) return;
    const half = (this.to - this.from) / 2;
    this.show(at - half, at + half);
  }

  mark(at: number): void {
    this.markers = this.markers.length >= 2 ? [at] : [...this.markers, at];
    this.changed();
  }

  /** Puts the runs one below the other: by their starts, their ends, or the first turn of what is selected. */
  alignOn(align: Alignment): void {
    this.align = align;
    const name = this.selected()?.row.name;
    const last = Math.max(...this.model.runs.map(({ end }) => end));
    for (const run of this.model.runs) {
      switch (align) {
        case 'start':
          this.shifts[run.place] = 0;
          break;
        case 'end':
          this.shifts[run.place] = run.end - last;
          break;
        case 'selected':
          this.shifts[run.place] = firstTurnOf(run, name) ?? 0;
          break;
      }
    }
    this.show(this.least, this.most, false);
    this.changed();
  }
}

/** When a task of that name was first polled, or a thread of that name first ran, after the start. */
function firstTurnOf(run: Run, name: string | undefined): number | undefined {
  const row = run.rows.find((one) => (one.kind === 'task' || one.kind === 'thread') && one.name === name);
  if (row?.kind !== 'task' && row?.kind !== 'thread') return undefined;
  const first = row.state.indexOf(0, firstAfter(row, 0));
  return first < 0 ? undefined : Math.max(0, row.from[first]!);
}
