import { select, sleep } from '@heddle/runtime';
import type { Print } from '../program.js';

export function* program(print: Print) {
  const first = yield* select({ fast: fastTask(), slow: slowTask() });
  print(first.value);
}

function* fastTask() {
  yield* sleep(1_000);
  return 'Fast task won!';
}

function* slowTask() {
  yield* sleep(2_000);
  return 'Slow task lost!';
}
