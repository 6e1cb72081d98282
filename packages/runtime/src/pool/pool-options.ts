import { availableParallelism } from 'node:os';
import type { ResourceLimits } from 'node:worker_threads';
import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { checkLimits } from '../thread/worker-options.js';

/** How a runtime's blocking pool is made. All may be left out. */
export interface BlockingPoolOptions {
  /** How many threads there are at most: what the machine runs at a time, by default. */
  readonly maxThreads?: number;
  /** How many jobs may wait for a thread: 10,000 by default. A spawn beyond throws; `ready()` waits for room. */
  readonly maxQueue?: number;
  /** After how many milliseconds without a job a thread ends: 10,000 by default. `Infinity`: never. */
  readonly idleTimeoutMs?: number;
  /** Memory limits of each thread, in megabytes, as Node's `Worker` has them. Past one the thread crashes. */
  readonly resourceLimits?: ResourceLimits;
}

/** The same with nothing left open. */
export interface PoolSize {
  readonly maxThreads: number;
  readonly maxQueue: number;
  readonly idleTimeoutMs: number;
  readonly resourceLimits: ResourceLimits | undefined;
}

/** Completes the options. Throws a `TypeError` or `RangeError` that names the one which is wrong. */
export function poolSize(options: BlockingPoolOptions = {}): PoolSize {
  checkOptionKeys(CALLER, options, KNOWN);
  const { maxThreads = availableParallelism(), maxQueue = 10_000, idleTimeoutMs = 10_000 } = options;
  const { resourceLimits } = options;
  checkCount('maxThreads', maxThreads, 1, MOST_THREADS);
  checkCount('maxQueue', maxQueue, 0, Number.MAX_SAFE_INTEGER);
  checkMs(CALLER, 'idleTimeoutMs', idleTimeoutMs);
  if (resourceLimits !== undefined) checkLimits(CALLER, resourceLimits);
  return { maxThreads, maxQueue, idleTimeoutMs, resourceLimits: resourceLimits && { ...resourceLimits } };
}

const CALLER = 'Runtime: blocking';
/** A thread costs 10 MB, and with some hundred of them the kernel more time than they use. */
const MOST_THREADS = 1024;

const KNOWN: ReadonlySet<string> = new Set<keyof BlockingPoolOptions>([
  'maxThreads',
  'maxQueue',
  'idleTimeoutMs',
  'resourceLimits',
]);

function checkCount(option: string, value: unknown, least: number, most: number): void {
  if (typeof value !== 'number') {
    throw new TypeError(`${CALLER}: ${option} must be a whole number, got ${safeInspect(value, 100)}`);
  }
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(
      `${CALLER}: ${option} must be a whole number from ${least} to ${most}, got ${value}`,
    );
  }
}
