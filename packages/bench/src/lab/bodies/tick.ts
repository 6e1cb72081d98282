import type { Suspension } from '@heddle/runtime';
import { interval } from '@heddle/runtime/time';
import { xorshift } from '../../work/xorshift.js';
import { warmUp } from './compute.js';
import { type Gate, throughGate } from './gate.js';

/** Wants to run for a moment every `everyMs` milliseconds. A tick that it was late for comes as soon as it can. */
export function* tick(
  gate: Gate,
  everyMs: number,
  ticks: number,
  steps: number,
): Generator<Suspension, void> {
  warmUp();
  yield* throughGate(gate);
  const every = interval(everyMs);
  for (let tick = 0; tick < ticks; tick += 1) {
    yield* every.tick();
    xorshift(tick + 1, steps);
  }
}
