import assert from 'node:assert/strict';
import { select, when } from '@heddle/runtime';
import type { Print } from '../program.js';

export function* program(print: Print) {
  const taken: string[] = [];
  while (taken.at(-1) !== 'else') {
    const { key } = yield* select(
      {
        first: when(taken.length < 1, () => ready),
        second: when(taken.length < 2, () => ready),
        third: when(taken.length < 3, () => ready),
      },
      { biased: true, else: () => undefined },
    );
    taken.push(key);
  }
  assert.deepEqual(taken, ['first', 'second', 'third', 'else']);
  print(`completed successfully with count: ${taken.length}`);
}

/** A branch that is ready when it is asked for the first time: `async {}` in Rust. */
const ready = (): void => undefined;
