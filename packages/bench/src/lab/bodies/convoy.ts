import type { Suspension } from '@heddle/runtime';
import type { SharedMutex } from '@heddle/runtime/thread';
import { xorshift } from '../../work/xorshift.js';
import { warmUp } from './compute.js';
import { type Gate, throughGate } from './gate.js';

/** Does `rounds` rounds of work, most of each while it holds the one lock that all want. */
export function* inConvoy(
  gate: Gate,
  lock: SharedMutex<undefined>,
  rounds: number,
  insideSteps: number,
  outsideSteps: number,
): Generator<Suspension, void> {
  warmUp();
  yield* throughGate(gate);
  for (let round = 1; round <= rounds; round += 1) {
    const guard = yield* lock.lock();
    xorshift(round, insideSteps);
    guard.unlock();
    xorshift(round, outsideSteps);
  }
}
