import { decodeThrown, encodeThrown } from '../../src/wire/error-codec.js';

/** Sends what was thrown to the other side of a thread and back into a program's hands. */
export function cross(thrown: unknown): unknown {
  return decodeThrown(structuredClone(encodeThrown(thrown)));
}

/** The same for an error, which stays one. */
export function crossError<E = Error>(thrown: unknown): E {
  return cross(thrown) as E;
}
