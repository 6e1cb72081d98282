import type { Seat } from '../../base/seat.js';

/**
 * How the memory of a recording is laid out: one `SharedArrayBuffer`, the arena, with a seat for each thread.
 *
 *     arena   seats taken · whether it is over · seats · events a seat
 *     seat    header, numbers of 64 bits, then whole ones of 32: what the thread is, and how much it has written
 *             ring, FIELDS numbers of 64 bits an event: when, what, which task, and one thing more
 *             texts, UTF-8: names, what is waited for, places of spawns; each with its length before it
 *
 * Everything that is recorded of a thread is in its seat, and nothing of it is in its heap: so all of it can be read
 * while the thread hangs, after it was terminated, and after it crashed. Memory that nobody has written to is not
 * there: an arena of 64 seats has 150 MB of addresses, and of memory what was written.
 *
 * One buffer, and not one for each thread: a thread that is started by a recorded thread needs to be told of one
 * thing only, and who reads finds every thread without being told of any.
 */
export const FIELDS = 4;
export const TEXT_BYTES: number = 256 * 1024;

/** The words of the arena. */
export const TAKEN = 0;
export const OVER = 1;
export const SEATS = 2;
export const EVENTS = 3;
const ARENA_BYTES = 64;

/** The numbers of a seat's header. */
export const CLOCK_NS = 0;
export const BEGAN_MS = 1;
/** When it ended, as it says itself, and as who started it says: on the monotonic clock, in nanoseconds. */
export const ENDED_NS = 2;
export const GONE_NS = 3;
const HEADER_NUMBERS = 4;

/** The words of a seat's header. `WRITTEN` counts the events modulo 2 ** 32, and `ROUNDS` those rounds. */
export const WRITTEN = 0;
export const ROUNDS = 1;
export const TID = 2;
export const PARENT = 3;
/** The id of the task that it was started for; 0 for none. */
export const JOB = 4;
/** How many bytes of texts there are, and how often a text found no room. */
export const TEXTS_USED = 5;
export const TEXTS_LOST = 6;
export const NAME = 7;
const HEADER_WORDS = 16;

const HEADER_BYTES = HEADER_NUMBERS * 8 + HEADER_WORDS * 4;

/** Where the parts of one seat are. */
export interface SeatParts {
  readonly numbers: Float64Array<SharedArrayBuffer>;
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly ring: Float64Array<SharedArrayBuffer>;
  readonly texts: Buffer;
}

/**
 * How many events a ring has more than were asked for: the oldest, which who reads does not take. Another core may see
 * the stores of an event sooner than the count that was stored before them.
 */
export const MARGIN = 16;

/** Makes an arena whose seats keep `kept` events each. */
export function newArena(seats: number, kept: number): SharedArrayBuffer {
  const events = kept + MARGIN;
  const arena = new SharedArrayBuffer(ARENA_BYTES + seats * seatBytes(events));
  const words = arenaWords(arena);
  words[SEATS] = seats;
  words[EVENTS] = events;
  return arena;
}

export function arenaWords(arena: SharedArrayBuffer): Int32Array<SharedArrayBuffer> {
  return new Int32Array(arena, 0, ARENA_BYTES / 4);
}

/** Says that nobody reads any more what is written from now on. */
export function endArena(arena: SharedArrayBuffer): void {
  Atomics.store(arenaWords(arena), OVER, 1);
}

/** Takes a place in the arena. `undefined`: there is none any more, and the arena counts who asked in vain. */
export function takePlace(arena: SharedArrayBuffer): number | undefined {
  const words = arenaWords(arena);
  const place = Atomics.add(words, TAKEN, 1);
  return place < (words[SEATS] ?? 0) ? place : undefined;
}

/** Gives a place back of which no thread came, unless another was taken since. */
export function leavePlace({ arena, place }: Seat): void {
  Atomics.compareExchange(arenaWords(arena), TAKEN, place + 1, place);
}

/** Whether a thread writes into that seat, or did. */
export function hasBegun({ arena, place }: Seat): boolean {
  return (partsOf(arena, place).numbers[BEGAN_MS] ?? 0) > 0;
}

export function partsOf(arena: SharedArrayBuffer, place: number): SeatParts {
  const events = arenaWords(arena)[EVENTS] ?? 0;
  const at = ARENA_BYTES + place * seatBytes(events);
  const wordsAt = at + HEADER_NUMBERS * 8;
  const ringAt = at + HEADER_BYTES;
  return {
    numbers: new Float64Array(arena, at, HEADER_NUMBERS),
    words: new Int32Array(arena, wordsAt, HEADER_WORDS),
    ring: new Float64Array(arena, ringAt, events * FIELDS),
    texts: Buffer.from(arena, ringAt + events * FIELDS * 8, TEXT_BYTES),
  };
}

function seatBytes(events: number): number {
  return HEADER_BYTES + events * FIELDS * 8 + TEXT_BYTES;
}
