import { checkGiven } from '../check-given.js';
import type { Interval } from './picture.js';

/**
 * Gives the interval of a lane that holds at a moment; `undefined` where there is none.
 *
 * It is the one that begins last, of those that do so no later than the moment and are not over by then. One that
 * took no time holds at its moment alone.
 *
 * @example
 * const lane = [{ fromNs: 0, toNs: 10, state: 'ready' }, { fromNs: 10, toNs: 30, state: 'polled' }];
 * console.log(sliceAt(lane, 10)?.state, sliceAt(lane, 30)); // polled undefined
 */
export function sliceAt<T extends Interval>(slices: readonly T[], atNs: number): T | undefined {
  checkGiven('sliceAt', 'slices', slices);
  const slice = slices[firstAfter(slices, atNs) - 1];
  return slice !== undefined && (slice.toNs > atNs || slice.fromNs === atNs) ? slice : undefined;
}

/** The part of a lane that has to do with a stretch of time: each interval that shares some of it. */
export function slicesWithin<T extends Interval>(
  slices: readonly T[],
  { fromNs, toNs }: Interval,
): readonly T[] {
  const first = Math.max(0, firstAfter(slices, fromNs) - 1);
  const within: T[] = [];
  for (let at = first; at < slices.length && slices[at]!.fromNs < toNs; at += 1) {
    if (slices[at]!.toNs > fromNs) within.push(slices[at]!);
  }
  return within;
}

/** How much two intervals have in common. */
export function sharedNs(one: Interval, other: Interval): number {
  return Math.max(0, Math.min(one.toNs, other.toNs) - Math.max(one.fromNs, other.fromNs));
}

/** The place of the first interval that begins after a moment, or the length. */
function firstAfter(slices: readonly Interval[], atNs: number): number {
  let low = 0;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (slices[middle]!.fromNs > atNs) high = middle;
    else low = middle + 1;
  }
  return low;
}
