import { GLYPH_NAMES, GLYPHS, type GlyphName } from '../glyphs.js';
import type { Band, Window } from './draw-spans.js';
import type { Row } from './model.js';
import type { Paint } from './paint.js';
import { glyphsOf } from './row-glyphs.js';
import { lastUpTo } from './spans.js';

/** How large a sign is, in points; they are made in a box of 10. */
const SIZE = 12;

/** How far from the next sign one must be to have room; for the edges of a poll, as far as the poll needs itself. */
const ROOM: Readonly<Record<GlyphName, number>> = {
  panic: 0,
  cancelled: 0,
  abort: 0,
  done: 6,
  spawn: 6,
  block: 11,
  preempt: 11,
  migrate: 11,
  wake: 11,
  park: 11,
  unpark: 11,
  yield: 34,
  poll: 34,
};

/** Of these a short stroke is left where there is no room for the sign: how many there are is the point. */
const COUNTED: ReadonlySet<GlyphName> = new Set<GlyphName>(['preempt', 'block', 'migrate']);

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
  const { all, few } = glyphsOf(row);
  const many = lastUpTo(all.at, window.to) - lastUpTo(all.at, window.from);
  const { at, kind } = many > window.width ? few : all;
  const scale = window.width / (window.to - window.from);
  const x = (place: number) => window.left + (at[place]! - window.from) * scale;
  let last = Number.NEGATIVE_INFINITY;
  for (let place = lastUpTo(at, window.from - 1) + 1; place < at.length && at[place]! <= window.to; place++) {
    const name = GLYPH_NAMES[kind[place]!]!;
    if (hidden.has(name)) continue;
    const here = x(place);
    const room = Math.min(here - last, place + 1 < at.length ? x(place + 1) - here : SIZE);
    last = here;
    if (room >= ROOM[name] || (place + 1 === at.length && ROOM[name] < SIZE))
      drawGlyph(context, name, here, band, paint);
    else if (COUNTED.has(name)) {
      context.fillStyle = paint.ink;
      context.fillRect(here - 0.5, band.y, 1.5, 5);
    }
  }
}

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
  context.arc(x, middle, 7.5, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha /= 0.85;
  context.save();
  context.translate(x - SIZE / 2, middle - SIZE / 2);
  context.scale(SIZE / 10, SIZE / 10);
  context.strokeStyle = kind === 'panic' ? paint.bad : paint.ink;
  context.lineWidth = kind === 'panic' ? 2 : 1.3;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(path);
  context.restore();
}
