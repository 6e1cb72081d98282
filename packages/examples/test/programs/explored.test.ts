import { explore, ScheduleError } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import * as transfer from '../../src/deadlock/transfer.js';
import type { Pair } from '../../src/explored.js';
import * as account from '../../src/lost-update/account.js';
import * as queue from '../../src/lost-wake-up/queue.js';

const pairs: readonly [name: string, pair: Pair, kind: string][] = [
  ['lost-update', account, 'panic'],
  ['lost-wake-up', queue, 'deadlock'],
  ['deadlock', transfer, 'deadlock'],
];

describe.each(pairs)('%s', (_, { broken, mended }, kind) => {
  test('is found within a thousand seeds, and is the same in a hundred replays', () => {
    const failure = failureOf(broken);
    expect(failure.kind).toBe(kind);
    expect(failure.seed).toBeLessThan(1_000);
    for (let time = 0; time < 100; time += 1) {
      expect(explore.replay(broken, failure.seed).failure?.message).toBe(failure.message);
    }
  });

  test('is found from any seed on, a thousand at a time', () => {
    for (const firstSeed of [1_000, 20_000, 300_000]) {
      expect(failureOf(broken, firstSeed).seed).toBeLessThan(firstSeed + 1_000);
    }
  });

  test('is in none of ten thousand schedules, mended', () => {
    expect(explore(mended, { seeds: 10_000 }).schedules).toBe(10_000);
    // A second or two on a quiet machine.
  }, 120_000);
});

function failureOf(program: Pair['broken'], firstSeed = 0): ScheduleError {
  try {
    explore(program, { seeds: 1_000, firstSeed });
  } catch (failure) {
    if (failure instanceof ScheduleError) return failure;
    throw failure;
  }
  throw new Error('nothing was found');
}
