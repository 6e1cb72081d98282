import type { Interval, Picture, TaskLane, ThreadLane, TraceRun } from '@heddle/runtime/trace';
import type { LookFor } from '../lesson.js';
import { isQuiet, type Row, rowName, rowsOf } from '../rows.js';
import { shownText } from '../shown-text.js';
import { momentsOf } from './moments.js';
import * as data from './page-data.js';
import { Places } from './places.js';

/** Puts a run's picture into columns. */
export function encodeRun(run: TraceRun, picture: Picture): data.RunData {
  const rows = rowsOf(picture);
  const places = new Places(rows);
  const words = new Words();
  return {
    label: shownText(picture.label),
    from: picture.fromNs,
    end: picture.endNs,
    rows: rows.map((row) => encodeRow(row, picture, places, words)),
    marks: picture.marks.map(({ atNs, name }) => ({ at: atNs, name: shownText(name) })),
    moments: momentsOf(run, picture, places),
    words: words.all,
  };
}

/** Finds the rows of what a lesson names. What is not in the picture concerns no row. */
export function encodeLookFor(entries: readonly LookFor[], pictures: readonly Picture[]): data.LookForData[] {
  const places = pictures.map((picture) => new Places(rowsOf(picture)));
  return entries.map(({ run, atNs, toNs, row }) => ({
    run,
    at: atNs,
    to: toNs ?? atNs,
    row: row === undefined ? data.NONE : (places[run]?.named(row) ?? data.NONE),
  }));
}

/** Words that come again and again are written once. */
class Words {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  place(word: string | undefined): number {
    if (word === undefined) return data.NONE;
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    this.#places.set(word, this.all.length);
    return this.all.push(shownText(word)) - 1;
  }
}

function encodeRow(row: Row, picture: Picture, places: Places, words: Words): data.RowData {
  const name = shownText(rowName(row));
  switch (row.kind) {
    case 'cpu':
      return {
        kind: 'cpu',
        name,
        detail: '',
        thread: data.NONE,
        from: picture.fromNs,
        to: picture.endNs,
        ...spansOf(row.lane.slices),
        who: row.lane.slices.map(({ tid }) => places.tid(tid)),
      };
    case 'thread':
      return encodeThread(row.lane, name, places);
    case 'task':
      return encodeTask(row.lane, name, places, words);
    case 'counter':
      return {
        kind: 'counter',
        name,
        detail: '',
        thread: places.thread(row.lane.thread),
        from: picture.fromNs,
        to: picture.endNs,
        steps: differences(row.lane.atNs),
        values: row.lane.values,
      };
  }
}

function encodeThread(lane: ThreadLane, name: string, places: Places): data.ThreadRowData {
  const { slices, bands } = lane;
  return {
    kind: 'thread',
    name,
    detail: lane.tid === undefined ? '' : String(lane.tid),
    thread: lane.thread === undefined ? places.tid(lane.tid) : places.thread(lane.thread),
    from: lane.fromNs,
    to: lane.toNs,
    ...spansOf(slices),
    state: slices.map(({ state }) => data.THREAD_STATES.indexOf(state)),
    cpu: slices.map(({ cpu }) => cpu ?? data.NONE),
    why: slices.map(({ why }) => (why === undefined ? data.NONE : data.OFF_REASONS.indexOf(why))),
    by: slices.map(({ by }) => places.tid(by)),
    wokenBy: slices.map(({ wokenBy }) => places.tid(wokenBy)),
    quiet: isQuiet(lane),
    bands: {
      ...spansOf(bands),
      running: bands.map(({ running }) => Math.round(running * 1000)),
      runnable: bands.map(({ runnable }) => Math.round(runnable * 1000)),
    },
  };
}

function encodeTask(lane: TaskLane, name: string, places: Places, words: Words): data.TaskRowData {
  const { slices } = lane;
  const holes = slices.flatMap(({ fromNs, withoutCpu = [] }, of) =>
    withoutCpu.map((hole) => ({ of, after: hole.fromNs - fromNs, length: hole.toNs - hole.fromNs })),
  );
  return {
    kind: 'task',
    name,
    // The last part of a path: where somebody keeps a program says who it is.
    detail: lane.at === undefined ? '' : shownText(lane.at.split(/[/\\]/).at(-1) ?? ''),
    thread: places.thread(lane.thread),
    from: lane.fromNs,
    to: lane.toNs,
    settled: lane.end === undefined ? data.NONE : data.TASK_ENDS.indexOf(lane.end),
    spawnedBy: places.task(lane.spawnedBy),
    ...spansOf(slices),
    state: slices.map(({ state }) => data.TASK_STATES.indexOf(state)),
    end: slices.map(({ end }) => (end === undefined ? data.NONE : data.POLL_ENDS.indexOf(end))),
    on: slices.map(({ on }) => words.place(on)),
    of: slices.map(({ of }) => places.task(of)),
    wokenBy: slices.map(({ wokenBy }) => (wokenBy === 'event loop' ? data.EVENT_LOOP : places.task(wokenBy))),
    hole: {
      of: differences(holes.map(({ of }) => of)),
      after: holes.map(({ after }) => after),
      length: holes.map(({ length }) => length),
    },
  };
}

function spansOf(intervals: readonly Interval[]): { gaps: number[]; lengths: number[] } {
  return {
    gaps: intervals.map(({ fromNs }, place) => fromNs - (intervals[place - 1]?.toNs ?? 0)),
    lengths: intervals.map(({ fromNs, toNs }) => toNs - fromNs),
  };
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((value, place) => value - (numbers[place - 1] ?? 0));
}
