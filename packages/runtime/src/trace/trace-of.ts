import { release } from 'node:os';
import type { Trace, TraceRun } from './trace.js';

/**
 * Puts runs of one program together to a recording, made here: on this Node, system and kernel.
 *
 * Of the kernel's version it takes the numbers alone: what a distribution adds says more than is asked.
 *
 * @example
 * const recording = record();
 * await spawn(async () => 1);
 * const trace = traceOf('one', [recording.stop()]);
 * console.log(trace.program, trace.runs.length); // one 1
 */
export function traceOf(program: string, runs: readonly TraceRun[]): Trace {
  const kernel = /^\d+(\.\d+)*/.exec(release())?.[0] ?? '';
  return { program, node: process.version, platform: process.platform, kernel, runs };
}
