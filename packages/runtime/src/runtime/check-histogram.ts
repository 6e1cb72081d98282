import { checkCount } from '../base/check-count.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';

const MOST_BUCKETS = 1024;
const KNOWN: ReadonlySet<string> = new Set(['kind', 'resolutionMs', 'numBuckets']);

/** Throws unless `configuration` is a `HistogramConfiguration`, or left out. */
export function checkHistogram(option: string, configuration: unknown): void {
  if (configuration === undefined) return;
  const caller = `Runtime: ${option}`;
  checkOptionKeys(caller, configuration, KNOWN);
  const { kind, resolutionMs, numBuckets } = configuration as Readonly<Record<string, unknown>>;
  if (kind !== 'linear' && kind !== 'log') {
    throw new TypeError(`${caller}: kind must be 'linear' or 'log', got ${safeInspect(kind, 100)}`);
  }
  if (typeof resolutionMs !== 'number' || !(resolutionMs > 0 && resolutionMs < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `${caller}: resolutionMs must be a number of milliseconds above zero, got ${safeInspect(resolutionMs, 100)}`,
    );
  }
  checkCount(caller, 'numBuckets', numBuckets, 1, MOST_BUCKETS);
}
