import type { CounterLane, Interval } from './picture.js';

/** How many of the intervals hold at each moment. Those that took no time hold at none. */
export function counterOf(
  lane: Pick<CounterLane, 'name' | 'thread'>,
  intervals: readonly Interval[],
  fromNs: number,
): CounterLane {
  const lasting = intervals.filter((interval) => interval.toNs > interval.fromNs);
  const begins = Float64Array.from(lasting, (interval) => interval.fromNs).sort();
  const ends = Float64Array.from(lasting, (interval) => interval.toNs).sort();
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
