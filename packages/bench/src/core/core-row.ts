import { type Spread, spreadOf } from '../measure/spread.js';

/**
 * One line of `core`: what an operation costs, and how many times its baseline that is.
 *
 * The verdict is on ratios alone. Both sides of a ratio come from one round of one process, so a slow machine
 * or a busy neighbour slows both. Bytes are an exception: nobody slows those. So is
 * what was promised in nanoseconds, which only a quiet machine can judge.
 */
export interface CoreRow {
  readonly group: string;
  readonly what: string;
  readonly unit: 'ns' | 'bytes';
  readonly samples: readonly number[];
  readonly baseline?: Baseline;
  readonly target?: Target;
}

/** What a row is measured against, sample by sample. */
export interface Baseline {
  readonly what: string;
  readonly samples: readonly number[];
}

export type Target =
  | { readonly kind: 'ratio'; readonly atMost: number }
  | { readonly kind: 'bytes'; readonly atMost: number }
  | { readonly kind: 'ns'; readonly atMost: number }
  | { readonly kind: 'no cost' };

/** How many times its baseline each sample is, round by round. */
export function ratioOf(row: CoreRow): Spread | undefined {
  const { baseline, samples } = row;
  if (baseline === undefined) return undefined;
  return spreadOf(samples.map((sample, round) => sample / (baseline.samples[round] ?? Number.NaN)));
}

/** Whether the target is met; undefined for a row that has none. */
export function isMet(row: CoreRow): boolean | undefined {
  const { target } = row;
  switch (target?.kind) {
    case undefined:
      return undefined;
    case 'ratio':
      return (ratioOf(row)?.median ?? Number.POSITIVE_INFINITY) <= target.atMost;
    case 'bytes':
    case 'ns':
      return spreadOf(row.samples).median <= target.atMost;
    case 'no cost':
      return row.baseline !== undefined && spreadOf(row.samples).low <= spreadOf(row.baseline.samples).high;
  }
}
