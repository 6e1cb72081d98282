import { GLYPHS, type GlyphName } from '../glyphs.js';
import type { Band, Window } from './draw-spans.js';
import type { Row, TaskRow, ThreadRow } from './model.js';
import type { Paint } from './paint.js';
import { firstAfter } from './spans.js';

/** Signs that are nearer than this cannot be told apart: the first is drawn. */
const APART = 10;

const paths = new Map<GlyphName, Path2D>();

/** Draws what happened on a row at one moment, as far as there is room for it. */
export function drawGlyphs(
  context: CanvasRenderingContext2D,
  row: Row,
  window: Window,
  band: Band,
  paint: Paint,
  hidden: ReadonlySet<GlyphName>,
): void {
  const scale = window.width / (window.to - window.from);
  let last = Number.NEGATIVE_INFINITY;
  let lastRank = 0;
  let pending: readonly [number, GlyphName] | undefined;
  const flush = () => {
    if (pending !== undefined) drawGlyph(context, pending[1], pending[0], band, paint);
    pending = undefined;
  };
  const put = (at: number, kind: GlyphName) => {
    if (at < window.from || at > window.to || hidden.has(kind)) return;
    const x = window.left + (at - window.from) * scale;
    const rank = RANKS[kind];
    // The weightier of two that collide stays.
    if (x - last < APART) {
      if (rank <= lastRank) return;
      pending = undefined;
    } else flush();
    last = x;
    lastRank = rank;
    pending = [x, kind];
  };
  eachGlyph(row, window.from, window.to, put);
  flush();
}

const RANKS: Readonly<Record<GlyphName, number>> = {
  panic: 9,
  cancelled: 8,
  abort: 8,
  preempt: 7,
  block: 7,
  migrate: 6,
  done: 5,
  spawn: 4,
  wake: 3,
  park: 2,
  unpark: 2,
  yield: 1,
  poll: 1,
};

/** Tells the signs of a row within a stretch, by their times. */
export function eachGlyph(
  row: Row,
  from: number,
  to: number,
  put: (at: number, kind: GlyphName) => void,
): void {
  const own = { next: 0, until: (at: number) => at };
  own.until = (at) => {
    while (own.next < row.moments.length && row.moments[own.next]!.at <= at) {
      const moment = row.moments[own.next]!;
      if (moment.at >= from) put(moment.at, moment.kind);
      own.next += 1;
    }
    return at;
  };
  if (row.kind === 'thread') threadGlyphs(row, from, to, (at, kind) => put(own.until(at), kind));
  if (row.kind === 'task') taskGlyphs(row, from, to, (at, kind) => put(own.until(at), kind));
  own.until(to);
}

function threadGlyphs(
  row: ThreadRow,
  from: number,
  to: number,
  put: (at: number, kind: GlyphName) => void,
): void {
  let cpu = -1;
  for (let place = Math.max(0, firstAfter(row, from) - 1); place < row.from.length; place++) {
    if (row.from[place]! > to) return;
    if (row.state[place] !== 0) continue;
    if (cpu >= 0 && row.cpu[place] !== cpu) put(row.from[place]!, 'migrate');
    cpu = row.cpu[place]!;
    if (row.why[place] === 0) put(row.to[place]!, 'preempt');
  }
}

function taskGlyphs(
  row: TaskRow,
  from: number,
  to: number,
  put: (at: number, kind: GlyphName) => void,
): void {
  put(row.lifeFrom, 'spawn');
  for (let place = Math.max(0, firstAfter(row, from) - 1); place < row.from.length; place++) {
    if (row.from[place]! > to) return;
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

/** On a disc of paper, so that it is seen on every colour. */
function drawGlyph(
  context: CanvasRenderingContext2D,
  kind: GlyphName,
  x: number,
  { y, height }: Band,
  paint: Paint,
): void {
  let path = paths.get(kind);
  if (path === undefined) {
    path = new Path2D(GLYPHS[kind].path);
    paths.set(kind, path);
  }
  const middle = y + height / 2;
  context.fillStyle = paint.paper;
  context.globalAlpha *= 0.85;
  context.beginPath();
  context.arc(x, middle, 6.5, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha /= 0.85;
  context.save();
  context.translate(x - 5, middle - 5);
  context.strokeStyle = paint.ink;
  context.lineWidth = 1.4;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(path);
  context.restore();
}
