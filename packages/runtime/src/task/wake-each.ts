import type { Waker } from './pollable.js';

/**
 * Wakes all, then throws what the first throw was.
 *
 * A wake throws where a policy does. That keeps nobody else from being woken, and who woke them is told.
 */
export function wakeEach(wakers: Iterable<Waker | undefined>): void {
  let thrown: { readonly error: unknown } | undefined;
  for (const waker of wakers) {
    try {
      waker?.wake();
    } catch (error) {
      thrown ??= { error };
    }
  }
  if (thrown !== undefined) throw thrown.error;
}
