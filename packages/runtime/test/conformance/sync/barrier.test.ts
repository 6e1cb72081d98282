import { Barrier } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';

/** What tokio promises of its barrier in its own tests, row by row. Over each test stands its source. */

// sync_barrier.rs: zero_does_not_block, single, tango
test('barrier/1 the last to come releases all and leads its round; 0 and 1 wait for nobody', () => {
  for (const parties of [0, 1]) {
    const barrier = new Barrier(parties);
    for (let round = 0; round < 3; round += 1) {
      expect(step(barrier.wait()).pollReady().isLeader()).toBe(true);
    }
  }
  const two = new Barrier(2);
  const first = step(two.wait());
  expect(first.poll()).toBe(PENDING);
  const second = step(two.wait());
  expect(second.pollReady().isLeader()).toBe(true);
  expect(first.isWoken()).toBe(true);
  expect(first.pollReady().isLeader()).toBe(false);
});

// sync_barrier.rs: lots
test('barrier/1 a hundred meet ten times, and each time one of them leads', () => {
  const barrier = new Barrier(100);
  for (let round = 0; round < 10; round += 1) {
    const waits = Array.from({ length: 99 }, () => step(barrier.wait()));
    for (const wait of waits) {
      expect(wait.poll()).toBe(PENDING);
      expect(wait.isWoken()).toBe(false);
    }
    const last = step(barrier.wait()).pollReady();
    expect(waits.every((wait) => wait.isWoken())).toBe(true);
    const leaders = [last, ...waits.map((wait) => wait.pollReady())].filter((one) => one.isLeader());
    expect(leaders).toEqual([last]);
  }
});
