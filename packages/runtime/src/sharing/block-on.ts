import { type Claim, SLICE_MS, TAKEN } from './claim.js';

/**
 * Blocks this OS thread until the claim is taken, or until the time is up: then it answers `false`.
 *
 * It sleeps in the kernel, in slices: see claim.ts. A thread that is terminated meanwhile is woken by V8.
 */
export function blockOn(claim: Claim, timeoutMs: number = Number.POSITIVE_INFINITY): boolean {
  const dueMs = performance.now() + timeoutMs;
  for (let hasWaited = false; ; hasWaited = true) {
    const seen = claim.attempt(hasWaited);
    if (seen === TAKEN) return true;
    const leftMs = dueMs - performance.now();
    if (leftMs <= 0) return false;
    const sleepMs = Math.min(leftMs, SLICE_MS);
    if (Atomics.wait(claim.words, claim.index, seen, sleepMs) === 'timed-out') claim.clearDead();
  }
}
