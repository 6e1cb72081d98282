import { quantileSorted } from 'simple-statistics';

/** The middle of some samples, and how far they spread. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Below this, quartiles are too near to each other to say anything. */
const ENOUGH_FOR_QUARTILES = 7;

/**
 * Sums up samples by their median and quartiles, or by their extremes where they are few.
 *
 * A mean would let one visit of another process speak for all.
 */
export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new RangeError('spreadOf: there are no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  const cut = sorted.length < ENOUGH_FOR_QUARTILES ? 0 : 0.25;
  return {
    median: quantileSorted(sorted, 0.5),
    low: quantileSorted(sorted, cut),
    high: quantileSorted(sorted, 1 - cut),
  };
}

/** Whether two spreads share a value, so that nobody can say which one is smaller. */
export function overlaps(a: Spread, b: Spread): boolean {
  return a.low <= b.high && b.low <= a.high;
}
