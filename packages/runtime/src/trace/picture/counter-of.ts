import type { CounterLane, Interval } from './picture.js';

/** How many of the intervals hold at each moment. Those that took no time hold at none. */
export function counterOf(
  lane: Pick<CounterLane, 'name' | 'thread'>,
  intervals: readonly Interval[],
  fromNs: number,
): CounterLane {
  const [begins, ends] = momentsOf(intervals);
  const atNs: number[] = [fromNs];
  const values: number[] = [0];
  let begun = 0;
  let ended = 0;
  while (ended < ends.length) {
    const now = Math.min(begins[begun] ?? Number.POSITIVE_INFINITY, ends[ended]!);
    while (begins[begun] === now) begun += 1;
    while (ends[ended] === now) ended += 1;
    if (begun - ended === values.at(-1)) continue;
    if (atNs.at(-1) === now) {
      values[values.length - 1] = begun - ended;
    } else {
      atNs.push(now);
      values.push(begun - ended);
    }
  }
  return { ...lane, atNs, values };
}

/** The beginnings and the ends, each in order. */
function momentsOf(intervals: readonly Interval[]): [begins: Float64Array, ends: Float64Array] {
  const begins = new Float64Array(intervals.length);
  const ends = new Float64Array(intervals.length);
  let size = 0;
  for (const { fromNs, toNs } of intervals) {
    if (toNs <= fromNs) continue;
    begins[size] = fromNs;
    ends[size] = toNs;
    size += 1;
  }
  return [begins.subarray(0, size).sort(), ends.subarray(0, size).sort()];
}
