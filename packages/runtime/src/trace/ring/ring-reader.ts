import {
  arenaWords,
  BEGAN_MS,
  CLOCK_NS,
  ENDED_NS,
  EVENTS,
  FIELDS,
  GONE_NS,
  JOB,
  MARGIN,
  NAME,
  PARENT,
  partsOf,
  ROUNDS,
  SEATS,
  TAKEN,
  TEXTS_LOST,
  TID,
  WRITTEN,
} from './layout.js';
import { readText } from './texts.js';

/** What one thread has written so far. */
export interface SeatRecord {
  readonly place: number;
  readonly name: string;
  readonly tid: number;
  /** The place of the thread that started it; of the first, its own. */
  readonly parent: number;
  /** The id of the task that it was started for, on that thread; 0 for none. */
  readonly job: number;
  /** When it began to write and when it ended, on the monotonic clock in nanoseconds; 0 for not yet. */
  readonly beganNs: number;
  readonly endedNs: number;
  /** What is to be added to the time of an event, in nanoseconds. */
  readonly clockNs: number;
  /** How many events were written over. */
  readonly lost: number;
  /** How often a text found no room. */
  readonly lostTexts: number;
  /** The events that are left, FIELDS numbers each. */
  readonly events: Float64Array;
  textOf(number: number): string | undefined;
}

/** Reads all that the threads of a recording have written so far. They may go on meanwhile, or hang, or be gone. */
export function readArena(arena: SharedArrayBuffer): { seats: SeatRecord[]; lostThreads: number } {
  const words = arenaWords(arena);
  const seats = words[SEATS] ?? 0;
  const taken = Atomics.load(words, TAKEN);
  const places = Array.from({ length: Math.min(taken, seats) }, (_, place) => place);
  return {
    seats: places.map((place) => readSeat(arena, place)).filter((seat) => seat.beganNs > 0),
    lostThreads: Math.max(0, taken - seats),
  };
}

function readSeat(arena: SharedArrayBuffer, place: number): SeatRecord {
  const { numbers, words, ring, texts } = partsOf(arena, place);
  const most = arenaWords(arena)[EVENTS] ?? 0;
  const count = written(words);
  const { events, from } = copyNewest(ring, most, count, () => written(words));
  const clockNs = numbers[CLOCK_NS] ?? 0;
  const beganMs = numbers[BEGAN_MS] ?? 0;
  return {
    place,
    name: readText(texts, words[NAME] ?? 0) ?? '',
    tid: words[TID] ?? 0,
    parent: words[PARENT] ?? 0,
    job: words[JOB] ?? 0,
    beganNs: beganMs === 0 ? 0 : clockNs + beganMs * 1e6,
    endedNs: numbers[ENDED_NS] || numbers[GONE_NS] || 0,
    clockNs,
    lost: from,
    lostTexts: Atomics.load(words, TEXTS_LOST) >>> 0,
    events,
    textOf: (number) => readText(texts, number),
  };
}

/** How many events were written, ever. */
export function written(words: Int32Array): number {
  for (;;) {
    const rounds = Atomics.load(words, ROUNDS);
    const count = Atomics.load(words, WRITTEN) >>> 0;
    if (rounds === Atomics.load(words, ROUNDS)) return rounds * 2 ** 32 + count;
  }
}

/**
 * Copies the newest events of a ring of so many, from the oldest. What may have been written over while they were
 * copied is dropped.
 */
function copyNewest(
  ring: Float64Array,
  most: number,
  count: number,
  again: () => number,
): { events: Float64Array; from: number } {
  const oldest = Math.max(0, count - most);
  const events = new Float64Array((count - oldest) * FIELDS);
  const split = (oldest % most) * FIELDS;
  const upper = ring.subarray(split, Math.min(ring.length, split + events.length));
  events.set(upper);
  events.set(ring.subarray(0, events.length - upper.length), upper.length);
  const from = Math.min(count, Math.max(0, again() - most + MARGIN));
  return { events: events.subarray((from - oldest) * FIELDS), from };
}
