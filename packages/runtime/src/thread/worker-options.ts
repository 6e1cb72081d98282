import { type ResourceLimits, SHARE_ENV } from 'node:worker_threads';
import { safeInspect } from '../base/safe-inspect.js';

/**
 * The options that go to Node's `Worker` and to the kernel, checked before any of them sees them: Node ignores a
 * limit that it does not know, takes a negative one for none, and makes the text `[object Object]` of a variable.
 */

export function checkLimits(caller: string, limits: unknown): void {
  if (typeof limits !== 'object' || limits === null) {
    throw new TypeError(`${caller}: resourceLimits must be an object, got ${safeInspect(limits, 100)}`);
  }
  for (const [key, megabytes] of Object.entries(limits as object)) {
    if (!LIMITS.has(key)) throw new TypeError(`${caller}: resourceLimits has no ${safeInspect(key, 100)}`);
    if (megabytes === undefined) continue;
    if (typeof megabytes !== 'number') {
      throw new TypeError(
        `${caller}: resourceLimits.${key} must be a number of megabytes, got ${safeInspect(megabytes, 100)}`,
      );
    }
    if (!(megabytes > 0)) {
      throw new RangeError(
        `${caller}: resourceLimits.${key} must be more than zero megabytes, got ${megabytes}`,
      );
    }
  }
}

export function checkEnv(caller: string, env: unknown): void {
  if (env === SHARE_ENV) return;
  // A `Map` or an array of pairs has no properties: the thread would have no variables, and nobody would know.
  if (typeof env !== 'object' || env === null || Symbol.iterator in env) {
    throw new TypeError(
      `${caller}: env must be an object of strings, or SHARE_ENV, got ${safeInspect(env, 100)}`,
    );
  }
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || typeof value === 'string') continue;
    throw new TypeError(
      `${caller}: env[${safeInspect(name, 100)}] must be a string, got ${safeInspect(value, 100)}`,
    );
  }
}

export function checkExecArgv(caller: string, flags: unknown): void {
  if (Array.isArray(flags) && flags.every((flag) => typeof flag === 'string')) return;
  throw new TypeError(`${caller}: execArgv must be an array of strings, got ${safeInspect(flags, 100)}`);
}

export function checkPriority(caller: string, priority: unknown): void {
  if (typeof priority !== 'number') {
    throw new TypeError(`${caller}: priority must be a whole number, got ${safeInspect(priority, 100)}`);
  }
  if (!Number.isInteger(priority) || priority < NICEST.least || priority > NICEST.most) {
    throw new RangeError(
      `${caller}: priority must be a whole number from ${NICEST.least} to ${NICEST.most}, got ${priority}`,
    );
  }
}

/** The options that Node's `Worker` takes as they are. A variable that is `undefined` would be the text `undefined`. */
export function workerOptions({
  name,
  resourceLimits,
  env,
  execArgv,
}: {
  readonly name?: string;
  readonly resourceLimits?: ResourceLimits;
  readonly env?: Readonly<Record<string, string | undefined>> | typeof SHARE_ENV;
  readonly execArgv?: readonly string[];
}): {
  name?: string;
  resourceLimits?: ResourceLimits;
  env?: Record<string, string> | typeof SHARE_ENV;
  execArgv?: string[];
} {
  return {
    ...(name === undefined ? {} : { name }),
    ...(resourceLimits === undefined ? {} : { resourceLimits }),
    ...(env === undefined ? {} : { env: env === SHARE_ENV ? env : defined(env) }),
    ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
  };
}

/** A worker inherits the flags of `node --input-type=module -e …`, and with this one refuses to run a file. */
export function hasInputType(flags: readonly string[]): boolean {
  return flags.some((flag) => flag.startsWith('--input-type'));
}

const LIMITS: ReadonlySet<string> = new Set<keyof ResourceLimits>([
  'maxYoungGenerationSizeMb',
  'maxOldGenerationSizeMb',
  'codeRangeSizeMb',
  'stackSizeMb',
]);
/** As the kernel counts: the higher, the nicer to others. */
const NICEST = { least: -20, most: 19 };

function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const known = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known);
}
