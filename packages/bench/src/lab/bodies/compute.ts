import { type Suspension, yieldNow } from '@heddle/runtime';
import { xorshift } from '../../work/xorshift.js';
import { type Gate, throughGate } from './gate.js';

/** Computes without a pause: nobody gets this thread before it has done, unless the kernel takes it. */
export function* compute(gate: Gate, steps: number): Generator<Suspension, number> {
  warmUp();
  yield* throughGate(gate);
  return xorshift(1, steps);
}

/** Computes as much in pieces, and gives way after each. */
export function* computePolitely(gate: Gate, steps: number, pieces: number): Generator<Suspension, number> {
  warmUp();
  yield* throughGate(gate);
  let value = 1;
  for (let piece = 0; piece < pieces; piece += 1) {
    value = xorshift(value, Math.ceil(steps / pieces));
    yield* yieldNow();
  }
  return value;
}

/** Computes until `stop` is set by another thread, and never gives way. */
export function* computeUntil(gate: Gate, stop: Int32Array): Generator<Suspension, number> {
  warmUp();
  yield* throughGate(gate);
  let value = 1;
  while (Atomics.load(stop, 0) === 0) value = xorshift(value, 10_000);
  return value;
}

/** Has V8 compile the loop before the gate opens: every thread is an engine of its own, which starts cold. */
export function warmUp(): void {
  for (let run = 0; run < 20; run += 1) xorshift(run + 1, 50_000);
}
