import { type Suspension, select, sleep } from '@heddle/runtime';
import type { Print } from '../program.js';

export function* program(print: Print): Generator<Suspension, void, unknown> {
  const first = yield* select({ fast: fastTask(), slow: slowTask() });
  print(first.value);
}

function* fastTask(): Generator<Suspension, string, unknown> {
  yield* sleep(1_000);
  return 'Fast task won!';
}

function* slowTask(): Generator<Suspension, string, unknown> {
  yield* sleep(2_000);
  return 'Slow task lost!';
}
