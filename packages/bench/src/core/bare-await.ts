import { nsEach, type Probe } from './probe.js';

const AWAITS = 100_000;

/** What the language itself takes to give up the thread once: the baseline of every switch. */
export function bareAwait(name: string): Probe {
  return { name, run: timeBareAwaits };
}

/** Gives nanoseconds for one `await undefined`. */
export async function timeBareAwaits(): Promise<number> {
  const startedAtMs = performance.now();
  for (let i = 0; i < AWAITS; i += 1) await undefined;
  return nsEach(startedAtMs, AWAITS);
}
