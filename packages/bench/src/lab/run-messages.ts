import type { TraceRun } from '@heddle/runtime/trace';

/**
 * What is said between the lab and the process that runs a program.
 *
 *     lab                                     the process of one run
 *      │                                      records, starts the jobs
 *      │  ◀──────────── ready ────────────────  all wait at the barrier
 *      │  starts the kernel's recorder for it
 *      │  ───────────── begin ───────────────▶  opens the barrier
 *      │  ◀──── recorded, or failed ──────────  and stays, until it is let go of
 *      │  stops the kernel's recorder
 *      │  ──────── (lets go of it) ──────────▶  ends
 *
 * The kernel is watched from the barrier on: the start of threads takes ten thousand switches, in V8 and in the file
 * system, and says nothing of how jobs are scheduled.
 */
export type RunMessage =
  | { readonly kind: 'ready' }
  /** `zeroNs` is the run's zero on the system's monotonic clock; `hung` says that jobs had not ended by then. */
  | { readonly kind: 'recorded'; readonly run: TraceRun; readonly zeroNs: number; readonly hung: boolean }
  | { readonly kind: 'failed'; readonly error: string };

export const BEGIN = 'begin';
