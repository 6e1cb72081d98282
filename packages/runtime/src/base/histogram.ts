/** How a histogram divides what it counts: into `numBuckets`, of which the last has no end. */
export type HistogramConfiguration =
  /** Buckets of one width. */
  | { readonly kind: 'linear'; readonly resolutionMs: number; readonly numBuckets: number }
  /** Each bucket is twice as wide as all before it; the first is `resolutionMs`, rounded up to a power of two in ns. */
  | { readonly kind: 'log'; readonly resolutionMs: number; readonly numBuckets: number };

/** How often something took from `fromMs` up to, but not including, `toMs`. */
export interface HistogramBucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const NS_PER_MS = 1_000_000;

/** Counts durations by their length. */
export class Histogram {
  readonly #endsMs: readonly number[];
  readonly #counts: number[];

  constructor(configuration: HistogramConfiguration) {
    this.#endsMs = bucketEndsMs(configuration);
    this.#counts = this.#endsMs.map(() => 0);
  }

  record(ms: number): void {
    let at = 0;
    let last = this.#endsMs.length - 1;
    while (at < last) {
      const middle = (at + last) >> 1;
      if (ms < (this.#endsMs[middle] as number)) last = middle;
      else at = middle + 1;
    }
    this.#counts[at] = (this.#counts[at] as number) + 1;
  }

  buckets(): HistogramBucket[] {
    return this.#endsMs.map((toMs, at) => ({
      fromMs: this.#endsMs[at - 1] ?? 0,
      toMs,
      count: this.#counts[at] as number,
    }));
  }
}

function bucketEndsMs({ kind, resolutionMs, numBuckets }: HistogramConfiguration): number[] {
  const ends: number[] = [];
  const firstMs = kind === 'linear' ? resolutionMs : powerOfTwoMs(resolutionMs);
  for (let at = 1; at < numBuckets; at += 1) {
    // Multiplied and not summed, so that the ends are the numbers that one expects.
    ends.push(kind === 'linear' ? firstMs * at : firstMs * 2 ** (at - 1));
  }
  ends.push(Number.POSITIVE_INFINITY);
  return ends;
}

function powerOfTwoMs(ms: number): number {
  return 2 ** Math.ceil(Math.log2(ms * NS_PER_MS)) / NS_PER_MS;
}
