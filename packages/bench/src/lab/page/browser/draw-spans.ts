import { FOREIGN, HAS, HUES, LOOKS, RESTS, type SpanRow, WANTS } from './model.js';
import type { Paint } from './paint.js';
import { firstAfter } from './spans.js';

/** Where a stretch of time lies on the canvas. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly width: number;
}

/** A band of the canvas. */
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
 * a long sleep is seen, and a frame costs as much as there are points and not as there are intervals.
 */
export function drawSpans(
  context: CanvasRenderingContext2D,
  row: SpanRow,
  window: Window,
  band: Band,
  paint: Paint,
): void {
  const { from, to, code } = row;
  const scale = window.width / (window.to - window.from);
  const right = window.left + window.width;
  const origin = window.left - window.from * scale;

  let point = -1;
  let touched = 0;
  // Of the points that were put together and look alike, one rectangle.
  let mergedFrom = -1;
  let mergedTo = -1;
  let mergedCode = 0;
  let stripCode = -1;

  const flushMerged = () => {
    if (mergedFrom < 0) return;
    fill(context, mergedCode, mergedFrom, mergedTo - mergedFrom, band, paint);
    if (stripCode >= 0) strip(context, stripCode, mergedFrom, mergedTo - mergedFrom, band, paint);
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
    if (mergedFrom >= 0 && mergedTo === point && mergedCode === best && stripCode === second)
      mergedTo = point + 1;
    else {
      flushMerged();
      mergedFrom = point;
      mergedTo = point + 1;
      mergedCode = best;
      stripCode = second;
    }
    point = -1;
  };

  for (let place = firstAfter(row, window.from); place < from.length; place++) {
    let x = from[place]! * scale + origin;
    if (x >= right) break;
    let end = to[place]! * scale + origin;
    if (end - x < MERGES_BELOW) {
      const here = Math.max(window.left, Math.floor((x + end) / 2));
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
    x = Math.max(window.left, x);
    end = Math.min(right, end);
    fill(context, code[place]!, x, end - x, band, paint);
  }
  flushPoint();
  flushMerged();
}

function fill(
  context: CanvasRenderingContext2D,
  code: number,
  x: number,
  width: number,
  { y, height }: Band,
  paint: Paint,
): void {
  const look = code % LOOKS;
  const hue = paint.hues[(code - look) / LOOKS]!;
  switch (look) {
    case RESTS:
      context.fillStyle = hue;
      context.fillRect(x, y + Math.round(height / 2) - 1, width, 1.5);
      return;
    case WANTS:
      context.fillStyle = hue;
      context.fillRect(x, y + 1, width, height - 2);
      context.fillStyle = paint.hatch;
      context.fillRect(x, y + 1, width, height - 2);
      return;
    case FOREIGN:
      context.fillStyle = paint.other;
      context.fillRect(x, y + 4, width, height - 8);
      return;
    case HAS:
      context.fillStyle = hue;
      context.fillRect(x, y, width, height);
      // A hair of paper between two that touch: a poll after a poll is two.
      if (width > 3) {
        context.fillStyle = paint.paper;
        context.fillRect(x, y, 0.6, height);
      }
      return;
  }
}

function strip(
  context: CanvasRenderingContext2D,
  code: number,
  x: number,
  width: number,
  { y, height }: Band,
  paint: Paint,
): void {
  const look = code % LOOKS;
  context.fillStyle =
    look === FOREIGN ? paint.other : look === HAS ? paint.hues[(code - look) / LOOKS]! : paint.ink;
  context.fillRect(x, y + height - 3, width, 3);
}
