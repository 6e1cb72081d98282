import { arenaWords, EVENTS, FIELDS, MARGIN, partsOf } from '../ring/layout.js';
import { DETAIL, PARK, PEND, PEND_JOIN, POLL, SPAWN, UNPARK, WAKE } from '../ring/record-kinds.js';
import { written } from '../ring/ring-reader.js';

/** A poll that has begun and not ended. */
export interface PollUnderWay {
  /** When it began, on the monotonic clock in nanoseconds. */
  readonly sinceNs: number;
  /** Whether it is the poll of what its thread was started for, which may take as long as it likes. */
  readonly isJob: boolean;
  /** Whether another task of the thread is ready, or was made ready meanwhile. */
  readonly holdsOthersUp: boolean;
}

/** How a thread's newest events read. `lost`: its poll, if there is one, began before the oldest that is left. */
export type Look =
  | { readonly kind: 'polling'; readonly poll: PollUnderWay }
  | { readonly kind: 'idle' | 'lost' };

/**
 * Looks for the poll that a thread is in: the newest event that says so, from the end of its ring backwards. That is
 * a step or two for most threads, and does not wait for the thread.
 */
export function pollUnderWay(arena: SharedArrayBuffer, place: number): Look {
  const { numbers, words, ring } = partsOf(arena, place);
  const [clockNs = 0] = numbers;
  const most = arenaWords(arena)[EVENTS] ?? 0;
  const count = written(words);
  let isOtherReady = false;
  for (let index = count - 1; index >= Math.max(0, count - most + MARGIN); index -= 1) {
    const at = (index % most) * FIELDS;
    const [atMs = 0, code = 0, task = 0, more = 0] = ring.subarray(at, at + FIELDS);
    switch (code % DETAIL) {
      case POLL: {
        const poll = {
          sinceNs: clockNs + atMs * 1e6,
          isJob: task < 0,
          holdsOthersUp: isOtherReady || more > 0,
        };
        return { kind: 'polling', poll };
      }
      case PEND:
      case PEND_JOIN:
      case PARK:
      case UNPARK:
        return { kind: 'idle' };
      case SPAWN:
      case WAKE:
        isOtherReady = true;
    }
  }
  return { kind: count > most - MARGIN ? 'lost' : 'idle' };
}
