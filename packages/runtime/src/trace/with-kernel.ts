import { checkGiven } from './check-given.js';
import type { KernelSide } from './kernel/kernel-side.js';
import type { TraceRun } from './trace.js';
import type { TraceEvent } from './trace-event.js';
import { noteZero, zeroOf } from './zero-of.js';

/**
 * Puts what the kernel did with a process beside what our executors did in it, on the run's own times.
 *
 * `zeroNs` is the run's zero on the monotonic clock; for a run that was recorded in another process, that process says
 * it: `zeroOf(run)`. Throws an `Error` where it is not known, and where the run has its kernel's side already.
 *
 * @example
 * const run = record().stop();
 * const side = { level: 'counted', events: [], threadNames: {}, lost: 0, malformed: 0, othersUsed: 0.5 } as const;
 * console.log(withKernel(run, side).level); // counted
 */
export function withKernel(run: TraceRun, side: KernelSide, zeroNs?: number): TraceRun {
  checkGiven('withKernel', 'run', run);
  checkGiven('withKernel', 'kernel', side);
  if (run.threadNames !== undefined) {
    throw new Error(
      "withKernel: this run has the kernel's side already, and would have each event twice; pass what recording.stop() gave.",
    );
  }
  const shiftNs = zeroNs ?? zeroOf(run);
  if (shiftNs === undefined) {
    throw new Error(
      'withKernel: where the zero of this run is on the monotonic clock is known in the process that recorded it; pass zeroOf(run) from there.',
    );
  }
  const { level, levelBecause, threadNames, othersUsed } = side;
  const kernel = side.events.map((event): TraceEvent => ({ ...event, t: Math.round(event.t - shiftNs) }));
  const { levelBecause: _, ...rest } = run;
  const merged: TraceRun = {
    ...rest,
    level,
    ...(levelBecause === undefined ? {} : { levelBecause }),
    ...(othersUsed === undefined ? {} : { othersUsed }),
    threadNames,
    lost: { ...run.lost, kernel: side.lost },
    events: [...run.events, ...kernel].sort((a, b) => a.t - b.t),
  };
  noteZero(merged, shiftNs);
  return merged;
}
