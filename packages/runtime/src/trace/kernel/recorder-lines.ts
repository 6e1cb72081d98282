import type { KernelLevel } from '../trace.js';
import type { KernelSide } from './kernel-side.js';

/**
 * What the process that watches says, each on a line of its output:
 *
 * ```text
 *   started by recordKernel ──1──▶ { say: 'ready' }   it watches: what it watches may begin
 *   its stdin ends          ──2──▶ an event, as in an event file, for each that was seen
 *                           ──3──▶ { say: 'end' }     the rest
 * ```
 *
 * That its stdin ends is the one thing that it is told. Whoever started it ends it to hear what was seen, and the
 * system does so when they die. A signal, or the end of the process that it watches, make it go on to 2 by itself.
 */
export type RecorderLine = ReadyLine | EndLine;

export interface ReadyLine {
  readonly say: 'ready';
  readonly level: KernelLevel;
  readonly because?: string;
}

export interface EndLine
  extends Pick<KernelSide, 'threadNames' | 'lost' | 'malformed'>,
    Partial<Pick<KernelSide, 'othersUsed'>> {
  readonly say: 'end';
}
