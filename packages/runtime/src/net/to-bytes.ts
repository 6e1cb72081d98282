import { safeInspect } from '../base/safe-inspect.js';

/** What is to be written, as bytes: a string as UTF-8. Throws a `TypeError` for anything else. */
export function toBytes(caller: string, bytes: unknown): Uint8Array {
  if (typeof bytes === 'string') return Buffer.from(bytes);
  if (bytes instanceof Uint8Array) return bytes;
  throw new TypeError(`${caller}: expected a Uint8Array or a string, got ${safeInspect(bytes, 100)}`);
}
