import { performance } from 'node:perf_hooks';

/**
 * What the system's monotonic clock says at the zero of this thread's `performance.now()`, in nanoseconds.
 *
 * Measured in each thread: on every Node that we know the zero is the same for all threads of a process, and nobody
 * promises it. Of several attempts the one counts that took the least time.
 */
export function clockNs(): number {
  let best = { tookNs: Number.POSITIVE_INFINITY, zeroNs: 0 };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = process.hrtime.bigint();
    const nowMs = performance.now();
    const tookNs = Number(process.hrtime.bigint() - before);
    if (tookNs < best.tookNs) best = { tookNs, zeroNs: Number(before) + tookNs / 2 - nowMs * 1e6 };
  }
  return best.zeroNs;
}

const ATTEMPTS = 8;
