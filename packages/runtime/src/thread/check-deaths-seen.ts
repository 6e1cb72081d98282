/** Throws a `TypeError` where a thread that dies without a word is not noticed, and nothing else ends the waiting. */
export function checkDeathsSeen(seen: boolean, timeoutMs: number | undefined): void {
  if (seen || timeoutMs !== undefined) return;
  throw new TypeError(
    'handle.blockingJoin: this system does not show when a thread dies, so timeoutMs must be given.',
  );
}
