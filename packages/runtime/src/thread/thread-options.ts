import type { ResourceLimits } from 'node:worker_threads';
import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';

/** What a thread may be given besides its function. All may be left out. */
export interface ThreadOptions {
  /** Shown in reports and, on Linux, by the operating system: the first 15 bytes of it. Source: `Builder::name`. */
  readonly name?: string;
  /** Memory limits of the thread, in megabytes, as Node's `Worker` has them. Past one the thread crashes. */
  readonly resourceLimits?: ResourceLimits;
  /** Aborts the task when it fires, with its reason; a signal that has fired keeps the thread from starting. */
  readonly signal?: AbortSignal;
  /** Aborts the task when it has not settled this many milliseconds after its body began. */
  readonly timeoutMs?: number;
  /** How long after an abort the body may go on before its thread is terminated: 100 ms by default, 0 for at once. */
  readonly graceMs?: number;
  /** Whether the process may end before the thread does; as `handle.detach()`. */
  readonly detached?: boolean;
}

/** Throws a `TypeError` or `RangeError` that names the option which is wrong. */
export function checkThreadOptions(options: ThreadOptions): void {
  checkOptionKeys(CALLER, options, KNOWN);
  const { name, resourceLimits, signal, timeoutMs, graceMs, detached } = options;
  if (name !== undefined && typeof name !== 'string') refuse('name must be a string', name);
  if (resourceLimits !== undefined) checkLimits(resourceLimits);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    refuse('signal must be an AbortSignal', signal);
  if (timeoutMs !== undefined) checkMs(CALLER, 'timeoutMs', timeoutMs);
  if (graceMs !== undefined) checkMs(CALLER, 'graceMs', graceMs);
  if (detached !== undefined && typeof detached !== 'boolean') refuse('detached must be a boolean', detached);
}

const CALLER = 'thread.builder';

const KNOWN: ReadonlySet<string> = new Set<keyof ThreadOptions>([
  'name',
  'resourceLimits',
  'signal',
  'timeoutMs',
  'graceMs',
  'detached',
]);

const LIMITS: ReadonlySet<string> = new Set<keyof ResourceLimits>([
  'maxYoungGenerationSizeMb',
  'maxOldGenerationSizeMb',
  'codeRangeSizeMb',
  'stackSizeMb',
]);

/** Node ignores a limit that it does not know, and takes a negative one for none. */
function checkLimits(limits: unknown): void {
  if (typeof limits !== 'object' || limits === null) refuse('resourceLimits must be an object', limits);
  for (const [key, megabytes] of Object.entries(limits as object)) {
    if (!LIMITS.has(key)) throw new TypeError(`${CALLER}: resourceLimits has no ${safeInspect(key, 100)}`);
    if (megabytes === undefined) continue;
    if (typeof megabytes !== 'number')
      refuse(`resourceLimits.${key} must be a number of megabytes`, megabytes);
    if (!(megabytes > 0)) {
      throw new RangeError(
        `${CALLER}: resourceLimits.${key} must be more than zero megabytes, got ${megabytes}`,
      );
    }
  }
}

function refuse(what: string, got: unknown): never {
  throw new TypeError(`${CALLER}: ${what}, got ${safeInspect(got, 100)}`);
}
