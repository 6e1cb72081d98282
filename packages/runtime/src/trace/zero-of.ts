import { checkGiven } from './check-given.js';
import type { TraceRun } from './trace.js';

/**
 * Where the zero of each run of this process is on the system's monotonic clock. Not in the run, and so not in its
 * file: since when a machine runs is nobody's business, and for whoever adds what others have recorded it is enough.
 */
const zeros = new WeakMap<TraceRun, number>();

export function noteZero(run: TraceRun, zeroNs: number): void {
  zeros.set(run, zeroNs);
}

/**
 * The zero of a run that was recorded in this process, in nanoseconds of the monotonic clock: that of
 * `process.hrtime()`. Undefined for any other run. For who adds what another recorder has seen.
 *
 * @example
 * const beforeNs = Number(process.hrtime.bigint());
 * const zeroNs = zeroOf(record().stop()) ?? 0;
 * console.log(zeroNs >= beforeNs - 1_000_000); // true
 */
export function zeroOf(run: TraceRun): number | undefined {
  checkGiven('zeroOf', 'run', run);
  return zeros.get(run);
}
