/** Task functions for the rows on threads. */

export function tellCleanupThenThrow(words) {
  try {
    throw new Error('boom');
  } finally {
    Atomics.store(words, 0, 1);
  }
}
