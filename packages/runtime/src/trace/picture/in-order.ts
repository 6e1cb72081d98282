import type { TraceEvent } from '../trace-event.js';

/** The events that have a time, in the order of those: the same array where it is so already, as a recorder gives it. */
export function inOrder(events: readonly TraceEvent[]): readonly TraceEvent[] {
  if (isInOrder(events)) return events;
  return events.filter((event) => Number.isFinite(event.t)).sort((one, other) => one.t - other.t);
}

function isInOrder(events: readonly TraceEvent[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { t } of events) {
    if (!(t >= last && t < Number.POSITIVE_INFINITY)) return false;
    last = t;
  }
  return true;
}
