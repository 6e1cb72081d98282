import { RuntimeBug } from './runtime-bug.js';

/**
 * States what must hold here, and throws a `RuntimeBug` when it does not.
 *
 * For heddle's own state only. Takes a plain string, so that the text costs nothing while all is well.
 */
export function invariant(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new RuntimeBug(otherwise);
}
