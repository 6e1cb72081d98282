import type { CounterLane } from '@heddle/runtime/trace';
import { eachBar } from '../counter-bars.js';
import { Html, html } from '../html.js';
import type { PageRun } from '../page-input.js';
import { type Row, rowName, rowsOf } from '../rows.js';
import { ticksOf } from '../ticks.js';
import { lengthText } from '../time-text.js';

const WIDTH = 1200;
const GUTTER = 170;
const ROW = 16;
/** How many points wide the smallest thing is: the picture must stay small, and is not for measuring. */
const GRAIN = 2;
const CELLS = (WIDTH - GUTTER) / GRAIN;
/** A still picture of more rows than that is no picture. */
const MOST = 60;

/** The whole run as a still picture: what a page shows without a script, and on paper. */
export function firstView({ picture }: PageRun, endNs: number, title: string): Html {
  const rows = rowsOf(picture);
  const shown = rows.slice(0, MOST);
  const hues = huesOf(rows);
  const height = (shown.length + 1) * ROW + (rows.length > MOST ? ROW : 0);
  return html`<svg class="first-view still" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${`${title}, the whole run; the lanes in words are below`}">
${ticksOf(0, endNs, 8).map(({ at, text }) => {
  const x = GUTTER + (at / endNs) * (WIDTH - GUTTER);
  return html`<path class="tick" d="M${x.toFixed(1)} ${ROW}V${height}"/><text class="tick-text" x="${x.toFixed(1)}" y="11">${text}</text>`;
})}
${shown.map((row, place) => rowOf(row, (place + 1) * ROW, picture.endNs, endNs, hues))}
${rows.length > MOST ? html`<text x="${GUTTER}" y="${height - 4}">and ${rows.length - MOST} rows more, drawn where scripts run; the run takes ${lengthText(picture.endNs)}</text>` : undefined}
</svg>`;
}

/** The lines of what is wanted, and of what is missing; once for all pictures of the page. */
export const PATTERNS: Html = html`<svg class="for-readers" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" class="hatch-line"/></pattern><pattern id="hole" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M0 0v6" class="hole-line"/></pattern></defs></svg>`;

/** Each thread has one of eight colours, by its place among the threads. */
function huesOf(rows: readonly Row[]): ReadonlyMap<number | string, number> {
  const hues = new Map<number | string, number>();
  const threads = rows.filter((row) => row.kind === 'thread');
  for (const [place, { lane }] of threads.entries()) {
    if (lane.thread !== undefined) hues.set(`thread ${lane.thread}`, place % 8);
    if (lane.tid !== undefined) hues.set(lane.tid, place % 8);
  }
  return hues;
}

function rowOf(
  row: Row,
  y: number,
  lifeToNs: number,
  endNs: number,
  hues: ReadonlyMap<number | string, number>,
): Html {
  const isBelow = row.kind === 'task' || (row.kind === 'counter' && row.lane.thread !== undefined);
  const indent = isBelow ? 14 : 4;
  const name = html`<text class="name" x="${indent}" y="${y + 12}">${clipped(rowName(row))}</text>`;
  const middle = y + ROW / 2;
  switch (row.kind) {
    case 'cpu': {
      const who = [...new Set(row.lane.slices.map(({ tid }) => tid))];
      return html`<g>${name}${who.map((tid) => {
        const d = strokesOf(
          row.lane.slices.filter((slice) => slice.tid === tid),
          middle,
          endNs,
        );
        const hue = hues.get(tid);
        return hue === undefined
          ? html`<path class="other" d="${d}"/>`
          : html`<g class="hue-${hue}"><path class="has" d="${d}"/></g>`;
      })}</g>\n`;
    }
    case 'thread': {
      const { slices, bands, thread, tid } = row.lane;
      const hue = hues.get(thread === undefined ? (tid ?? '') : `thread ${thread}`) ?? 0;
      const of = (state: string) =>
        strokesOf(
          slices.filter((slice) => slice.state === state),
          middle,
          endNs,
        );
      const counted = bands.map(({ fromNs, toNs, running, runnable }) =>
        bandOf(fromNs, toNs, running, runnable, y, endNs),
      );
      return html`<g class="hue-${hue}">${name}<path class="rests" d="${of('asleep')}"/>${wants(of('runnable'))}<path class="has" d="${of('running')}"/>${counted}</g>\n`;
    }
    case 'task': {
      const { slices, thread } = row.lane;
      const of = (state: string) =>
        strokesOf(
          slices.filter((slice) => slice.state === state),
          middle,
          endNs,
        );
      const holes = strokesOf(
        slices.flatMap(({ withoutCpu = [] }) => withoutCpu),
        middle,
        endNs,
      );
      return html`<g class="hue-${hues.get(`thread ${thread}`) ?? 0}">${name}<path class="rests" d="${of('waiting')}"/>${wants(of('ready'))}<path class="has" d="${of('polled')}"/><path class="hole" d="${holes}"/></g>\n`;
    }
    case 'counter':
      return html`<g>${name}<path class="counter" d="${new Html(areaOf(row.lane, lifeToNs, y, endNs))}"/></g>\n`;
  }
}

function wants(d: string): Html {
  return html`<path class="wants" d="${d}"/><path class="hatch" d="${d}"/>`;
}

/** Horizontal strokes, at least one grain long; what touches becomes one. */
function strokesOf(
  intervals: readonly { readonly fromNs: number; readonly toNs: number }[],
  y: number,
  endNs: number,
): string {
  let d = '';
  let from = -1;
  let to = -1;
  const flush = () => {
    if (to > from) d += `M${GUTTER + from * GRAIN} ${y}h${(to - from) * GRAIN}`;
  };
  for (const { fromNs, toNs } of intervals) {
    if (toNs < 0) continue;
    const first = Math.max(0, Math.min(CELLS - 1, Math.round((fromNs / endNs) * CELLS)));
    const last = Math.max(first + 1, Math.min(CELLS, Math.round((toNs / endNs) * CELLS)));
    if (first <= to && from >= 0) to = Math.max(to, last);
    else {
      flush();
      from = first;
      to = last;
    }
  }
  flush();
  return d;
}

function bandOf(
  fromNs: number,
  toNs: number,
  running: number,
  runnable: number,
  y: number,
  endNs: number,
): Html | undefined {
  if (toNs < 0) return undefined;
  const x = (ns: number) => GUTTER + (Math.max(0, ns) / endNs) * (WIDTH - GUTTER);
  const [left, width] = [x(fromNs).toFixed(1), Math.max(0.5, x(toNs) - x(fromNs)).toFixed(1)];
  const full = 12;
  const ran = running * full;
  const wanted = runnable * full;
  const bottom = y + 2 + full;
  return html`<rect class="band" x="${left}" y="${(bottom - ran).toFixed(1)}" width="${width}" height="${ran.toFixed(1)}"/><rect class="band-wants" x="${left}" y="${(bottom - ran - wanted).toFixed(1)}" width="${width}" height="${wanted.toFixed(1)}"/>`;
}

function areaOf({ atNs: at, values }: CounterLane, lifeToNs: number, y: number, endNs: number): string {
  const bottom = y + 14;
  const most = values.reduce((high, value) => Math.max(high, value), 1);
  const place = (ns: number) => GUTTER + (ns / endNs) * (WIDTH - GUTTER);
  let d = '';
  eachBar(
    { at, values },
    0,
    { left: GUTTER, right: place(lifeToNs), place, grain: GRAIN },
    (from, to, value) => {
      d += `M${from.toFixed(1)} ${bottom}v${((-value / most) * 12).toFixed(1)}H${to.toFixed(1)}V${bottom}z`;
    },
  );
  return d;
}

function clipped(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
