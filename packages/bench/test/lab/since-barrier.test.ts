import { expect, it } from 'vitest';
import { essenceOf } from '../../src/lab/essence.js';
import { decisionsOf } from '../../src/lab/facts/decisions.js';
import { preemptionsOf } from '../../src/lab/facts/preemptions.js';
import { sinceBarrier } from '../../src/lab/facts/since-barrier.js';
import { counted, picture, task, thread } from './hand-made-picture.js';

const MS = 1e6;
const PREEMPTED = { why: 'preempted', by: 'other' };

/** Preempted once before the barrier and twice after it; moved once before and, over the barrier, once after it. */
const moved = thread(1, [
  ['running', -8, -6, { ...PREEMPTED, cpu: 0 }],
  ['runnable', -6, -5],
  ['running', -5, -2, { why: 'asleep', cpu: 1 }],
  ['asleep', -2, 1],
  ['running', 1, 2, { ...PREEMPTED, cpu: 0 }],
  ['runnable', 2, 4],
  ['running', 4, 9, { ...PREEMPTED, cpu: 0 }],
]);
const seen = picture('threads', [task('a', 1, [['polled', -8, 9]])], [moved]);

it('a thread is counted from the barrier on', () => {
  expect(sinceBarrier(seen).threads).toEqual([
    {
      ...moved,
      fromNs: 0,
      slices: [{ ...moved.slices[3], fromNs: 0 }, ...moved.slices.slice(4)],
      preemptions: 2,
      migrations: 1,
      runNs: 6 * MS,
      runnableNs: 2 * MS,
    },
  ]);
});

it('lanes and sentences say the same number', () => {
  const [lane] = essenceOf(seen).threads;
  expect([lane?.preemptions, preemptionsOf(seen, 'a'), decisionsOf(seen).preemptions]).toEqual([2, 2, 2]);
  expect([lane?.migrations, decisionsOf(seen).migrations]).toEqual([1, 1]);
});

it('of a thread that was counted, what is counted before the barrier is left out as far as one can tell', () => {
  const band = { fromNs: -2 * MS, toNs: 6 * MS, running: 0.5, runnable: 0.25, asleep: 0.25 };
  const lane = { ...counted(1, 2), fromNs: -2 * MS, toNs: 6 * MS, bands: [band], preemptions: 3 };
  expect(sinceBarrier(picture('threads', [], [lane])).threads).toEqual([
    { ...lane, fromNs: 0, bands: [{ ...band, fromNs: 0 }], runNs: 3 * MS, runnableNs: 1.5 * MS },
  ]);
});
