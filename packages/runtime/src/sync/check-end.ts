import { safeInspect } from '../base/safe-inspect.js';

/** Throws unless `other` is an end of a channel of the same kind. */
export function checkEnd(caller: string, other: unknown, kind: string, isOne: boolean): void {
  if (isOne) return;
  throw new TypeError(`${caller}: expected a ${kind}, got ${safeInspect(other, 100)}`);
}
