import type { MessagePort } from 'node:worker_threads';
import { safeInspect } from '../base/safe-inspect.js';
import type { Op } from '../task/op.js';
import { promised } from '../task/promised.js';
import { counters, MOST_THREADS } from './live-threads.js';
import { Spare } from './spare.js';
import type { ThreadOptions } from './thread-options.js';
import type { WorkerThread } from './worker-paths.js';

/**
 * The spares of this thread: booted, never used, waiting for a job.
 *
 * Nearly all of a thread's start is V8 making an isolate and Node loading this library in it; the kernel's part is
 * microseconds. A spare has that behind it, so that a spawn costs a message. A thread that has run a job is never
 * one: the isolation is the promise.
 *
 * Those that were taken are replaced when no spawn has come for 50 ms. One that dies is not, before the next is
 * taken: what cannot boot would be tried for ever.
 */
const spares: Spare[] = [];
let wanted = 0;

/** Keeps `count` spares from now on. See `thread.prewarm`. */
export function prewarm(count: number): Op<void> {
  if (!Number.isInteger(count) || count < 0 || count > MOST_THREADS) {
    throw new RangeError(
      `thread.prewarm: the number of spares must be a whole number from 0 to ${MOST_THREADS}, got ${safeInspect(count, 100)}.`,
    );
  }
  wanted = count;
  const ended = spares.splice(wanted).map((spare) => spare.end());
  const failed = refill();
  for (const spare of spares) spare.refUntilBooted();
  const booted = spares.map((spare) => spare.booted);
  const done = Promise.all([...ended, ...booted, ...failed]).then(() => undefined);
  done.catch(() => undefined);
  return promised(done);
}

/** Gives a spare its job, where there is one that suits: what a worker has from its birth cannot be given to it. */
export function takeSpare(
  { resourceLimits, env, execArgv }: ThreadOptions,
  tell: (port: MessagePort) => void,
): WorkerThread | undefined {
  if (resourceLimits !== undefined || env !== undefined || execArgv !== undefined) return undefined;
  const thread = spares[0]?.take(tell);
  if (thread === undefined) return undefined;
  spares.shift();
  counters.sparesTaken += 1;
  refillLater();
  return thread;
}

/** How many spares there are, booting or booted. */
export function spareCount(): number {
  return spares.length;
}

/** When no spawn has come for a while: a thread that boots takes the CPU for 50 ms, which the jobs want. */
function refillLater(): void {
  clearTimeout(refilling);
  refilling = setTimeout(
    () => void refill().map((failed) => failed.catch(() => undefined)),
    QUIET_MS,
  ).unref();
}

let refilling: NodeJS.Timeout | undefined;
const QUIET_MS = 50;

/** Gives, as a promise that rejects, why there are fewer than wanted: the next spawn starts a thread, and meets it too. */
function refill(): readonly Promise<never>[] {
  try {
    while (spares.length < wanted) spares.push(new Spare(forget));
    return [];
  } catch (error) {
    return [Promise.reject(error)];
  }
}

function forget(spare: Spare): void {
  const at = spares.indexOf(spare);
  if (at !== -1) spares.splice(at, 1);
}
