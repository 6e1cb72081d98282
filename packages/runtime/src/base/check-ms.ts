import { safeInspect } from './safe-inspect.js';

/** Throws unless `ms` is a number of milliseconds: not negative, not NaN, and `Infinity` for never. */
export function checkMs(caller: string, option: string, ms: unknown): asserts ms is number {
  if (typeof ms !== 'number') {
    throw new TypeError(`${caller}: ${option} must be a number of milliseconds, got ${safeInspect(ms, 100)}`);
  }
  if (Number.isNaN(ms) || ms < 0) {
    throw new RangeError(`${caller}: ${option} must be zero or more milliseconds, got ${ms}`);
  }
}

/** Throws also for `Infinity`: where a moment is worked out, there is none at infinity. */
export function checkFiniteMs(caller: string, option: string, ms: unknown): asserts ms is number {
  checkMs(caller, option, ms);
  if (ms === Number.POSITIVE_INFINITY) {
    throw new RangeError(`${caller}: ${option} must be a finite number of milliseconds, got Infinity`);
  }
}
