import { safeInspect } from '../base/safe-inspect.js';

/** Throws unless `value` is a whole number from `least` on. */
export function checkWhole(caller: string, option: string, value: unknown, least: number): void {
  if (typeof value !== 'number') {
    throw new TypeError(`${caller}: ${option} must be a whole number, got ${safeInspect(value, 100)}`);
  }
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${caller}: ${option} must be a whole number of at least ${least}, got ${value}`);
  }
}
