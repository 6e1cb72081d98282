import type { Spans } from './model.js';

/** The first interval that ends after `at`: the one that holds it, or the next. */
export function firstAfter({ to }: Spans, at: number): number {
  let low = 0;
  let high = to.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The interval that holds `at`, or -1. */
export function holding(spans: Spans, at: number): number {
  const place = firstAfter(spans, at);
  return place < spans.from.length && spans.from[place]! <= at ? place : -1;
}

/** Calls `visit` with each interval that overlaps a stretch, and how long it does. */
export function overlapping(
  spans: Spans,
  from: number,
  to: number,
  visit: (place: number, length: number) => void,
): void {
  for (let place = firstAfter(spans, from); place < spans.from.length; place++) {
    const start = spans.from[place]!;
    if (start >= to) return;
    visit(place, Math.min(to, spans.to[place]!) - Math.max(from, start));
  }
}

/** How many intervals overlap a stretch. */
export function countBetween(spans: Spans, from: number, to: number): number {
  return Math.max(0, lastUpTo(spans.from, to) + 1 - firstAfter(spans, from));
}

/** The last place of sorted times that is not after `at`, or -1. */
export function lastUpTo(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
