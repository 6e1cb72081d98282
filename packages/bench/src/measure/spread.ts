import { quantileSorted } from 'simple-statistics';

/** The middle of some samples, and between which values the middle half of them lies. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Sums up samples by their quartiles: a mean would let one visit of another process speak for all. */
export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new RangeError('spreadOf: there are no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median: quantileSorted(sorted, 0.5),
    low: quantileSorted(sorted, 0.25),
    high: quantileSorted(sorted, 0.75),
  };
}

/** Whether two middle halves share a value, so that nobody can say which one is smaller. */
export function overlaps(a: Spread, b: Spread): boolean {
  return a.low <= b.high && b.low <= a.high;
}
