import { type ResourceLimits, SHARE_ENV } from 'node:worker_threads';
import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { checkEnv, checkExecArgv, checkLimits, checkPriority } from './worker-options.js';

/** What a thread may be given besides its function. All may be left out. */
export interface ThreadOptions {
  /** Shown in reports and, on Linux, by the operating system: the first 15 bytes of it. Source: `Builder::name`. */
  readonly name?: string;
  /** Memory limits of the thread, in megabytes, as Node's `Worker` has them. Past one the thread crashes. */
  readonly resourceLimits?: ResourceLimits;
  /**
   * The thread's `process.env`: these variables and no others, or `SHARE_ENV` of `node:worker_threads` to read and
   * write this thread's. By default a copy of this thread's. A variable that is `undefined` is left out.
   */
  readonly env?: Readonly<Record<string, string | undefined>> | typeof SHARE_ENV;
  /**
   * Flags of the `node` command for the thread, as `['--no-warnings']`; by default this process's. Node takes none
   * of V8's, nor those that concern the whole process: then `spawn` throws a `TypeError` that has Node's words.
   */
  readonly execArgv?: readonly string[];
  /**
   * How nice the thread is to others: from -20, which gets most of the CPU, to 19. By default it is as nice as
   * this thread. The thread asks the kernel itself, before it loads the function, so that nobody else is concerned.
   *
   * Linux only, where each thread has a priority. Where the kernel refuses (below this thread's own it wants
   * `CAP_SYS_NICE`) or has no such thing, the thread runs all the same, and one line on stderr says why, once for
   * each reason: how soon something is done changes no result.
   */
  readonly priority?: number;
  /** Aborts the task when it fires, with its reason; a signal that has fired keeps the thread from starting. */
  readonly signal?: AbortSignal;
  /** Aborts the task when it has not settled this many milliseconds after its body began. */
  readonly timeoutMs?: number;
  /** How long after an abort the body may go on before its thread is terminated: 100 ms by default, 0 for at once. */
  readonly graceMs?: number;
  /** Whether the process may end before the thread does; as `handle.detach()`. */
  readonly detached?: boolean;
}

/** A copy of the options. Throws a `TypeError` or `RangeError` that names the option which is wrong. */
export function checkedThreadOptions(options: ThreadOptions): ThreadOptions {
  checkOptionKeys(CALLER, options, KNOWN);
  const { name, resourceLimits, env, execArgv, priority, signal, timeoutMs, graceMs, detached } = options;
  if (name !== undefined && typeof name !== 'string') refuse('name must be a string', name);
  if (resourceLimits !== undefined) checkLimits(CALLER, resourceLimits);
  if (env !== undefined) checkEnv(CALLER, env);
  if (execArgv !== undefined) checkExecArgv(CALLER, execArgv);
  if (priority !== undefined) checkPriority(CALLER, priority);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    refuse('signal must be an AbortSignal', signal);
  if (timeoutMs !== undefined) checkMs(CALLER, 'timeoutMs', timeoutMs);
  if (graceMs !== undefined) checkMs(CALLER, 'graceMs', graceMs);
  if (detached !== undefined && typeof detached !== 'boolean') refuse('detached must be a boolean', detached);
  return {
    ...options,
    ...(resourceLimits === undefined ? {} : { resourceLimits: { ...resourceLimits } }),
    ...(env === undefined || env === SHARE_ENV ? {} : { env: { ...env } }),
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
  };
}

const CALLER = 'thread.builder';

const KNOWN: ReadonlySet<string> = new Set<keyof ThreadOptions>([
  'name',
  'resourceLimits',
  'env',
  'execArgv',
  'priority',
  'signal',
  'timeoutMs',
  'graceMs',
  'detached',
]);

function refuse(what: string, got: unknown): never {
  throw new TypeError(`${CALLER}: ${what}, got ${safeInspect(got, 100)}`);
}
