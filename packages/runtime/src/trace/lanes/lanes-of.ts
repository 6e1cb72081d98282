import { checkCount } from '../../base/check-count.js';
import { checkOptionKeys } from '../../base/check-option-keys.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { checkGiven } from '../check-given.js';
import { durationText } from '../duration-text.js';
import type { Picture } from '../picture/picture.js';
import { type Axis, cellNs } from './axis.js';
import { topOf } from './counter-row.js';
import { columnsOf, fitted, padded } from './fitted.js';
import { ASCII, UNICODE } from './glyphs.js';
import { legendLines } from './legend.js';
import { painted } from './paint.js';
import type { Row, View } from './row.js';
import { runRows } from './run-rows.js';
import { scaleLine } from './scale.js';

/** How lanes are drawn. */
export interface LanesOptions {
  /** How many columns the terminal has, at least 50. 80 where nothing is said. */
  readonly width?: number;
  /** Whether to use colours. Nothing depends on them: each state has a character of its own. */
  readonly colour?: boolean;
  /** Whether to draw with ASCII alone, for a terminal that has nothing else (`TERM=dumb`). */
  readonly ascii?: boolean;
  /** From when on, in nanoseconds: 0 where nothing is said, which is when the barrier opened. */
  readonly fromNs?: number;
  /** Until when, in nanoseconds: the end of the longest run where nothing is said. */
  readonly toNs?: number;
  /** How many tasks are drawn of each thread; of the others it says how many they are. 20 where nothing is said. */
  readonly tasks?: number;
}

/**
 * Draws runs as lanes for a terminal: CPUs, threads, and tasks under the thread that polls them, all runs on one
 * axis. It ends in a line end, has no line wider than `width`, and text of others in it does no harm.
 *
 * A cell shows what took the longest in its stretch, and a strip where a thread was on a CPU, or a task polled, for
 * less. What was counted and not seen is drawn in other characters, and says so.
 *
 * Throws a `TypeError` or a `RangeError` for options that make no picture.
 *
 * @example
 * ```ts
 * import { lanesOf } from '@heddle/runtime/trace';
 *
 * const wait = { label: 'tasks', fromNs: 0, endNs: 2e6, cpus: [], threads: [], tasks: [], counters: [], marks: [] };
 * console.log(lanesOf([wait], { width: 80 }));
 * ```
 */
export function lanesOf(pictures: readonly Picture[], options: LanesOptions = {}): string {
  const view = viewOf(pictures, options);
  const width = options.width ?? 80;
  const runs = pictures.map((picture) => ({ picture, rows: runRows(picture, view) }));
  const rows = runs.flatMap((run) => run.rows);
  const labels = widest(
    rows.map(({ label }) => label),
    Math.floor(width / 5),
    view,
  );
  const notes = widest(
    rows.map(({ note }) => note),
    Math.floor(width * 0.35),
    view,
  );
  const axis = { ...view, cells: width - labels - notes - 2 };
  const colour = options.colour ?? false;
  const line = (row: Row): string =>
    [
      padded(fitted(row.label, labels, view.glyphs.cut, view.ascii), labels),
      painted(filled(row, axis), colour),
      fitted(row.note, notes, view.glyphs.cut, view.ascii),
    ].join(' ');
  const lines = runs.flatMap(({ picture, rows: own }, index) => [
    headLine(picture, index, pictures.length, width, view),
    `${padded('', labels)} ${scaleLine(axis, view.glyphs.micro)}`,
    ...own.map(line),
    '',
  ]);
  return [...lines, ...legendLines(pictures, view, cellNs(axis), width), '']
    .map((text) => text.trimEnd())
    .join('\n');
}

function filled(row: Row, axis: Axis): ReturnType<Row['cells']> {
  const cells = row.cells(axis);
  const rest = axis.cells - cells.length;
  return rest > 0 ? [...cells, { glyph: ' '.repeat(rest), tone: 'plain' }] : cells;
}

function headLine(picture: Picture, index: number, runs: number, width: number, view: View): string {
  const { rule, micro, cut } = view.glyphs;
  const letter = runs === 1 ? '' : `${String.fromCodePoint(65 + (index % 26))}: `;
  const took = durationText(picture.endNs, micro);
  const name = fitted(`${letter}${picture.label}`, width - took.length - 10, cut, view.ascii);
  const left = `${rule}${rule} ${name} `;
  const right = ` ${took} ${rule}${rule}`;
  return left + rule.repeat(width - columnsOf(left) - columnsOf(right)) + right;
}

function widest(texts: readonly string[], most: number, view: View): number {
  const columns = (text: string): number => columnsOf(fitted(text, most, view.glyphs.cut, view.ascii));
  return texts.reduce((widestYet, text) => Math.max(widestYet, columns(text)), 0);
}

const KNOWN: ReadonlySet<string> = new Set(['width', 'colour', 'ascii', 'fromNs', 'toNs', 'tasks']);

function viewOf(pictures: readonly Picture[], options: LanesOptions): View {
  checkOptionKeys('lanesOf', options, KNOWN);
  if (!(Array.isArray as (value: unknown) => boolean)(pictures) || pictures.length === 0) {
    throw new TypeError(
      `lanesOf: expected one picture or more in an array, got ${safeInspect(pictures, 100)}`,
    );
  }
  for (const picture of pictures) checkGiven('lanesOf', 'picture', picture);
  const { width = 80, tasks = 20, ascii = false, fromNs = 0 } = options;
  checkCount('lanesOf', 'width', width, 50, 1_000);
  checkCount('lanesOf', 'tasks', tasks, 0);
  const toNs = options.toNs ?? Math.max(1, ...pictures.map(({ endNs }) => endNs));
  if (!(fromNs < toNs && Number.isFinite(toNs - fromNs))) {
    throw new RangeError(
      `lanesOf: there is no time from ${safeInspect(fromNs, 100)} to ${safeInspect(toNs, 100)} to draw`,
    );
  }
  const stretch = { fromNs, toNs };
  const most = (name: string): number =>
    Math.max(
      1,
      ...pictures.flatMap((picture) =>
        picture.counters.filter((lane) => lane.name === name).map((lane) => topOf(lane, picture, stretch)),
      ),
    );
  return {
    ...stretch,
    ascii,
    glyphs: ascii ? ASCII : UNICODE,
    mostTasks: tasks,
    isWide: width >= 110,
    mostReady: most('ready tasks'),
    mostRunnable: most('runnable threads'),
  };
}
