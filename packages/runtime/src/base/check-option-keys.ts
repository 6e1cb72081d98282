import { safeInspect } from './safe-inspect.js';

/** Throws a `TypeError` unless `options` is an object and has none but the options in `known`: a typo does nothing, silently. */
export function checkOptionKeys(caller: string, options: unknown, known: ReadonlySet<string>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${caller}: expected an object of options, got ${safeInspect(options, 100)}`);
  }
  for (const key of Object.keys(options)) {
    if (!known.has(key)) throw new TypeError(`${caller}: there is no option ${safeInspect(key, 100)}`);
  }
}
