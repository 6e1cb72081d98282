import { GLYPH_NAMES, type GlyphName } from '../glyphs.js';
import type { Row, TaskRow, ThreadRow } from './model.js';

/** The signs of a row, by their times. */
interface Glyphs {
  readonly at: Float64Array;
  /** Places among the names of the signs. */
  readonly kind: Uint8Array;
}

/** All of them, and those that matter where there are too many. */
export interface RowGlyphs {
  readonly all: Glyphs;
  readonly few: Glyphs;
}

/** There is one at each poll: of these there may be very many. */
const OFTEN: ReadonlySet<GlyphName> = new Set<GlyphName>(['poll', 'yield', 'wake', 'park', 'unpark']);

type Put = (at: number, kind: GlyphName) => void;

const known = new WeakMap<Row, RowGlyphs>();
const places = new Map(GLYPH_NAMES.map((name, place) => [name, place]));

/** Finds the signs of a row; once, since a frame has no time for it. */
export function glyphsOf(row: Row): RowGlyphs {
  const found = known.get(row);
  if (found !== undefined) return found;
  const times: number[] = [];
  const kinds: number[] = [];
  const put: Put = (at, kind) => {
    times.push(at);
    kinds.push(places.get(kind)!);
  };
  let next = 0;
  // The moments of the row come in between, so that all are told in their order.
  const until = (at: number) => {
    for (; next < row.moments.length && row.moments[next]!.at <= at; next++) {
      put(row.moments[next]!.at, row.moments[next]!.kind);
    }
  };
  const inOrder: Put = (at, kind) => {
    until(at);
    put(at, kind);
  };
  if (row.kind === 'thread') threadGlyphs(row, inOrder);
  if (row.kind === 'task') taskGlyphs(row, inOrder);
  until(Number.POSITIVE_INFINITY);
  const seldom = kinds.map((kind) => !OFTEN.has(GLYPH_NAMES[kind]!));
  const glyphs = {
    all: { at: Float64Array.from(times), kind: Uint8Array.from(kinds) },
    few: {
      at: Float64Array.from(times.filter((_, place) => seldom[place])),
      kind: Uint8Array.from(kinds.filter((_, place) => seldom[place])),
    },
  };
  known.set(row, glyphs);
  return glyphs;
}

function threadGlyphs(row: ThreadRow, put: Put): void {
  let cpu = -1;
  for (let place = 0; place < row.from.length; place++) {
    if (row.state[place] !== 0) continue;
    if (cpu >= 0 && row.cpu[place] !== cpu) put(row.from[place]!, 'migrate');
    cpu = row.cpu[place]!;
    if (row.why[place] === 0) put(row.to[place]!, 'preempt');
  }
}

function taskGlyphs(row: TaskRow, put: Put): void {
  put(row.lifeFrom, 'spawn');
  for (let place = 0; place < row.from.length; place++) {
    if (row.state[place] === 1 && row.wokenBy[place] !== -1) put(row.from[place]!, 'wake');
    if (row.state[place] !== 0) continue;
    put(row.from[place]!, 'poll');
    if (row.end[place] === 0 || row.end[place] === 1) put(row.to[place]!, 'yield');
  }
  const settled = SETTLED[row.settled];
  if (settled !== undefined) put(row.lifeTo, settled);
}

/** By the places of the ways in which a task ends. */
const SETTLED: readonly GlyphName[] = ['done', 'panic', 'cancelled', 'panic'];
