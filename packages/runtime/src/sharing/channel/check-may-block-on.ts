import { checkMayBlock } from '../../task/check-may-block.js';
import type { Companion } from './companion.js';

/** Throws an `Error` where this OS thread must not be blocked, or where the other end is on it too. */
export function checkMayBlockOn(
  half: { readonly companion: Companion | undefined },
  caller: string,
  instead: string,
): void {
  checkMayBlock(caller, instead);
  if (half.companion === undefined) return;
  throw new Error(
    `${caller}: the other end of the channel is on this thread, and could not do anything meanwhile. Write \`await ${instead}\`.`,
  );
}
