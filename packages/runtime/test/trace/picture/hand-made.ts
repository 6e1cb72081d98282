import type { TraceEvent, TraceRun } from '@heddle/runtime/trace';

/** A run of the events that a test writes down: seen exactly, nothing lost. */
export function runOf(events: readonly TraceEvent[], more: Partial<TraceRun> = {}): TraceRun {
  return {
    label: 'by hand',
    pid: 100,
    level: 'exact',
    cpus: 2,
    endNs: 100,
    lost: { events: 0, threads: 0, kernel: 0 },
    events,
    ...more,
  };
}
