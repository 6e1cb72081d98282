import type { Suspension } from '@heddle/runtime';
import { type Gate, throughGate } from './gate.js';

/**
 * Holds its thread for `ms` milliseconds without using it, as a synchronous call to a disk or a database does:
 * the thread sleeps in the kernel, and whatever else is on it waits.
 */
export function* block(gate: Gate, ms: number): Generator<Suspension, void> {
  yield* throughGate(gate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
