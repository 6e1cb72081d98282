import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';

/** What a blocking job may be given besides its function. All may be left out. */
export interface BlockingOptions {
  /** Shown in reports. */
  readonly name?: string;
  /** Larger is sooner, 0 by default. Among equals the first comes first; a job that runs is not interrupted. */
  readonly priority?: number;
  /** Aborts the task when it fires, with its reason; a signal that has fired keeps the job from the queue. */
  readonly signal?: AbortSignal;
  /** Aborts the task when it has not settled this many milliseconds after its body began. */
  readonly timeoutMs?: number;
  /** Aborts the task when it has not settled this many milliseconds after its spawn, begun or not. */
  readonly deadlineMs?: number;
  /** How long after an abort the body may go on before its thread is terminated: 100 ms by default, 0 for at once. */
  readonly graceMs?: number;
}

/** Throws a `TypeError` or `RangeError` that names the option which is wrong. */
export function checkBlockingOptions(options: BlockingOptions): void {
  checkOptionKeys(CALLER, options, KNOWN);
  const { name, priority, signal, timeoutMs, deadlineMs, graceMs } = options;
  if (name !== undefined && typeof name !== 'string') refuse('name must be a string', name);
  if (priority !== undefined && (typeof priority !== 'number' || Number.isNaN(priority))) {
    refuse('priority must be a number', priority);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    refuse('signal must be an AbortSignal', signal);
  }
  if (timeoutMs !== undefined) checkMs(CALLER, 'timeoutMs', timeoutMs);
  if (deadlineMs !== undefined) checkMs(CALLER, 'deadlineMs', deadlineMs);
  if (graceMs !== undefined) checkMs(CALLER, 'graceMs', graceMs);
}

const CALLER = 'blocking.builder';

const KNOWN: ReadonlySet<string> = new Set<keyof BlockingOptions>([
  'name',
  'priority',
  'signal',
  'timeoutMs',
  'deadlineMs',
  'graceMs',
]);

function refuse(what: string, got: unknown): never {
  throw new TypeError(`${CALLER}: ${what}, got ${safeInspect(got, 100)}`);
}
