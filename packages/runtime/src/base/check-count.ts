import { safeInspect } from './safe-inspect.js';

/** The most permits a semaphore or slots a channel has: arithmetic on them stays in small integers. */
export const MOST: number = 2 ** 31 - 1;

/** Throws unless `count` is a whole number from `least` to `most`. */
export function checkCount(
  caller: string,
  option: string,
  count: unknown,
  least: number,
  most: number = MOST,
): void {
  if (typeof count !== 'number') {
    throw new TypeError(`${caller}: ${option} must be a whole number, got ${safeInspect(count, 100)}`);
  }
  if (!Number.isInteger(count) || count < least || count > most) {
    throw new RangeError(
      `${caller}: ${option} must be a whole number from ${least} to ${most}, got ${count}`,
    );
  }
}
