/** The longest delay that Node's timers take; a longer one would fire after a millisecond. */
export const LONGEST_MS: number = 2 ** 31 - 1;

/**
 * Calls `fire` once, no earlier than `delayMs` from now, however long that is. Gives what cancels it.
 *
 * It keeps no process alive: whatever it limits does that. For tasks there are an executor's timers.
 */
export function startTimeout(delayMs: number, fire: () => void): () => void {
  const dueMs = performance.now() + delayMs;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    // Node's timers may fire up to a millisecond early.
    const leftMs = dueMs - performance.now();
    if (leftMs <= 0) fire();
    else if (leftMs !== Number.POSITIVE_INFINITY)
      timer = setTimeout(look, Math.min(Math.ceil(leftMs), LONGEST_MS)).unref();
  };
  timer = setTimeout(look, Math.min(delayMs, LONGEST_MS)).unref();
  return () => clearTimeout(timer);
}
