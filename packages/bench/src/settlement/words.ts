import { setTimeout as delay } from 'node:timers/promises';
import { HUNG_AFTER_MS } from './ending.js';

/** Shared memory in which a job says that it has begun, and that it goes on. */
export function newWords(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** Resolves once a job has begun; also when it never does, since what follows shows that. */
export async function begun(words: Int32Array): Promise<void> {
  for (let waitedMs = 0; words[0] === 0 && waitedMs < HUNG_AFTER_MS; waitedMs += 5) await delay(5);
}

/** A grace of a second or two is what some document. */
const STOPS_WITHIN_MS = 4_000;

/** Whether a job still runs, once it has had the time to stop. Two quiet looks, since one may be a starved thread. */
export async function stillRuns(words: Int32Array): Promise<boolean> {
  let quiet = 0;
  for (let waitedMs = 0; waitedMs < STOPS_WITHIN_MS; waitedMs += 200) {
    const before = Atomics.load(words, 1);
    await delay(200);
    quiet = Atomics.load(words, 1) === before ? quiet + 1 : 0;
    if (quiet === 2) return false;
  }
  return true;
}
