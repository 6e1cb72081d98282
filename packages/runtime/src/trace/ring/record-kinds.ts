/**
 * What the numbers of an event in a ring mean.
 *
 * The second holds a kind, and in the bits above it a detail of that kind: how a poll ended, or the texts of a spawn.
 * The third is the task and the fourth one thing more. A task is its id; the task for which its thread was started
 * is less than zero, since it is numbered by who started it; 0 is none. Texts are numbered by their place.
 */
export const SPAWN = 1;
export const POLL = 2;
/** Its detail is an `ObservedEnd`, the fourth number a text. */
export const PEND = 3;
/** The same; the fourth number is the task that is waited for. */
export const PEND_JOIN = 4;
/** What a poll of before ended with. */
export const KNOWN = 5;
export const KNOWN_JOIN = 6;
export const WAKE = 7;
export const ABORT = 8;
export const SETTLE = 9;
export const PARK = 10;
export const UNPARK = 11;
export const MARK = 12;
/** A spawn of before the recording. */
export const FOUND = 13;

/** By what the detail is multiplied. */
export const DETAIL = 16;
/** By what the second of two texts in one detail is multiplied. */
export const SECOND_TEXT: number = 2 ** 20;

/** The fourth number of a SETTLE. */
export const ENDS = ['value', 'panic', 'cancelled', 'crash'] as const;
