import { FOREIGN, HAS, HUES, LOOKS, RESTS, type SpanRow, WANTS } from './model.js';
import type { Paint } from './paint.js';
import type { Raster } from './raster.js';
import { firstAfter } from './spans.js';

/** Where a stretch of time lies. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly width: number;
}

/** Where a row lies. */
export interface Band {
  readonly y: number;
  readonly height: number;
}

/** Narrower than this, an interval shares its point with its neighbours. */
const MERGES_BELOW = 1.5;

const shares = new Float64Array(HUES * LOOKS);
const seen = new Uint8Array(HUES * LOOKS);

/**
 * Draws the intervals of a row. Those narrower than a point are put together: the point gets the look that most of
 * its time has, and a thin strip below it says with the next one's colour that there is more in it. So a short poll in
 * a long sleep is seen, and a frame costs as much as there are points and little more for what lies within one.
 *
 * Window and band are in points of the raster. Gives the places of the intervals that are at least `wide` points long.
 */
export function drawSpans(
  raster: Raster,
  row: SpanRow,
  window: Window,
  band: Band,
  paint: Paint,
  wide = Number.POSITIVE_INFINITY,
): number[] {
  const { from, to, code } = row;
  const scale = window.width / (window.to - window.from);
  const left = Math.round(window.left);
  const right = Math.round(window.left + window.width);
  const origin = window.left - window.from * scale;
  const wideOnes: number[] = [];

  let point = -1;
  let touched = 0;
  // Of the points that were put together and look alike, one rectangle.
  let mergedFrom = -1;
  let mergedTo = -1;
  let mergedCode = 0;
  let stripCode = -1;

  const flushMerged = () => {
    if (mergedFrom < 0) return;
    fill(raster, mergedCode, mergedFrom, mergedTo - mergedFrom, band, paint);
    if (stripCode >= 0) strip(raster, stripCode, mergedFrom, mergedTo - mergedFrom, band, paint);
    mergedFrom = -1;
  };
  const flushPoint = () => {
    if (point < 0) return;
    let best = -1;
    let second = -1;
    for (let place = 0; place < touched; place++) {
      const one = seen[place]!;
      if (best < 0 || shares[one]! > shares[best]!) {
        second = best;
        best = one;
      } else if (second < 0 || shares[one]! > shares[second]!) second = one;
    }
    for (let place = 0; place < touched; place++) shares[seen[place]!] = 0;
    touched = 0;
    if (mergedFrom >= 0 && mergedTo === point && mergedCode === best && stripCode === second) {
      mergedTo = point + 1;
    } else {
      flushMerged();
      mergedFrom = point;
      mergedTo = point + 1;
      mergedCode = best;
      stripCode = second;
    }
    point = -1;
  };

  for (let place = firstAfter(row, window.from); place < from.length; place++) {
    const x = from[place]! * scale + origin;
    if (x >= right) break;
    const end = to[place]! * scale + origin;
    if (end - x < MERGES_BELOW) {
      const here = Math.max(left, Math.floor((x + end) / 2));
      if (here !== point) {
        flushPoint();
        point = here;
      }
      const one = code[place]!;
      if (shares[one] === 0) {
        seen[touched] = one;
        touched += 1;
      }
      // An interval of no length is there all the same.
      shares[one] = shares[one]! + Math.max(end - x, 1e-6);
      continue;
    }
    flushPoint();
    flushMerged();
    const start = Math.max(left, Math.round(x));
    const width = Math.min(right, Math.round(end)) - start;
    fill(raster, code[place]!, start, width, band, paint);
    if (width >= wide) wideOnes.push(place);
  }
  flushPoint();
  flushMerged();
  return wideOnes;
}

function fill(
  raster: Raster,
  code: number,
  x: number,
  width: number,
  { y, height }: Band,
  { points }: Paint,
): void {
  const look = code % LOOKS;
  const hue = points.hues[(code - look) / LOOKS]!;
  const thin = Math.max(1, Math.round(height / 10));
  switch (look) {
    case RESTS:
      raster.fill(x, y + Math.round(height / 2) - 1, width, Math.max(1, Math.min(height, thin)), hue);
      return;
    case WANTS:
      raster.hatch(x, y + thin, width, height - 2 * thin, hue, points.paper, 2 + thin);
      return;
    case FOREIGN:
      raster.fill(x, y + 2 * thin, width, height - 4 * thin, points.other);
      return;
    case HAS:
      raster.fill(x, y, width, height, hue);
      // A hair of paper between two that touch: a poll after a poll is two.
      if (width > 3) raster.fill(x, y, 1, height, points.paper);
      return;
  }
}

function strip(
  raster: Raster,
  code: number,
  x: number,
  width: number,
  { y, height }: Band,
  { points }: Paint,
): void {
  const look = code % LOOKS;
  const colour =
    look === FOREIGN ? points.other : look === HAS ? points.hues[(code - look) / LOOKS]! : points.ink;
  const tall = Math.max(1, Math.round(height / 6));
  raster.fill(x, y + height - tall, width, tall, colour);
}
