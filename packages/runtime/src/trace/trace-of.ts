import { release } from 'node:os';
import { safeInspect } from '../base/safe-inspect.js';
import { checkGiven } from './check-given.js';
import type { Trace, TraceRun } from './trace.js';

/**
 * Puts runs of one program together to a recording, made here: on this Node, system and kernel.
 *
 * Of the kernel's version it takes the numbers alone: what a distribution adds says more than is asked.
 *
 * Throws a `TypeError` for a name that is no string, and for runs that are none or in no array.
 *
 * @example
 * const recording = record();
 * await spawn(async () => 1);
 * const trace = traceOf('one', [recording.stop()]);
 * console.log(trace.program, trace.runs.length); // one 1
 */
export function traceOf(program: string, runs: readonly TraceRun[]): Trace {
  if (typeof program !== 'string') {
    throw new TypeError(`traceOf: expected the name of a program, got ${safeInspect(program, 100)}`);
  }
  if (!(Array.isArray as (value: unknown) => boolean)(runs)) {
    throw new TypeError(`traceOf: expected runs in an array, got ${safeInspect(runs, 100)}; pass [run]`);
  }
  for (const run of runs) checkGiven('traceOf', 'run', run);
  const kernel = /^\d+(\.\d+)*/.exec(release())?.[0] ?? '';
  return { program, node: process.version, platform: process.platform, kernel, runs };
}
