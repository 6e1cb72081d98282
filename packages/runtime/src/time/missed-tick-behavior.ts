import { safeInspect } from '../base/safe-inspect.js';
import { later } from './instant.js';

/**
 * What becomes of the ticks that a late one has pushed aside.
 *
 * `'burst'` gives them one after another, at once, until it has caught up. `'delay'` starts anew from the late one.
 * `'skip'` leaves them out, and goes on with the next that is on the old grid. Late is more than 5 ms after its
 * moment. Source: `tokio::time::MissedTickBehavior`.
 */
export type MissedTickBehavior = 'burst' | 'delay' | 'skip';

/** How late a tick may be and count as on time: timers are, by a millisecond or more. tokio's. */
const ON_TIME_MS = 5;

/** When the next tick is due after the one of `tickMs` was given at `nowMs`. */
export function nextTickMs(
  behavior: MissedTickBehavior,
  { tickMs, nowMs, periodMs }: { readonly tickMs: number; readonly nowMs: number; readonly periodMs: number },
): number {
  if (nowMs <= tickMs + ON_TIME_MS) return later(tickMs, periodMs);
  switch (behavior) {
    case 'burst':
      return later(tickMs, periodMs);
    case 'delay':
      return later(nowMs, periodMs);
    case 'skip':
      return later(nowMs - ((nowMs - tickMs) % periodMs), periodMs);
  }
}

/** Throws a `TypeError` unless `value` is one of the three. */
export function checkMissedTickBehavior(caller: string, value: unknown): asserts value is MissedTickBehavior {
  if (value === 'burst' || value === 'delay' || value === 'skip') return;
  throw new TypeError(`${caller}: expected 'burst', 'delay' or 'skip', got ${safeInspect(value, 100)}`);
}
