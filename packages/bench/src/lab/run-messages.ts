import type { TraceRun } from '@heddle/runtime/trace';

/**
 * What is said between the lab and the process that runs a program.
 *
 *     lab                                     the process of one run
 *      │  ◀──────────── ready ────────────────  it has loaded what it needs; no thread of its own is there
 *      │  starts the kernel's recorder for it
 *      │  ───────────── begin ───────────────▶  records, and runs the jobs
 *      │  ◀──── recorded, or failed ──────────  and stays: its threads are seen to the end
 *      │  stops the kernel's recorder
 *      │  ──────── (lets go of it) ──────────▶  ends
 */
export type RunMessage =
  | { readonly kind: 'ready' }
  /** `zeroNs` is the run's zero on the system's monotonic clock; `hung` says that jobs had not ended by then. */
  | { readonly kind: 'recorded'; readonly run: TraceRun; readonly zeroNs: number; readonly hung: boolean }
  | { readonly kind: 'failed'; readonly error: string };

export const BEGIN = 'begin';
