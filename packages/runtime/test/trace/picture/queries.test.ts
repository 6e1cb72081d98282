import {
  latenessOf,
  longestPoll,
  longestReady,
  pictureOf,
  sliceAt,
  type TraceEvent,
  whoHadCpu,
  whoWasPolled,
} from '@heddle/runtime/trace';
import { describe, expect, test } from 'vitest';
import { runOf } from './hand-made.js';

/** A hog and a task behind it on one thread, which the kernel takes the CPU from for 30 of the hog's 50. */
const hog: readonly TraceEvent[] = [
  { k: 'thread', t: 0, thread: 0, name: 'main', tid: 100 },
  { k: 'on', t: 0, tid: 100, cpu: 0 },
  { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'hog' },
  { k: 'spawn', t: 0, thread: 0, task: '0:2', name: 'late' },
  { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 1 },
  { k: 'off', t: 10, tid: 100, cpu: 0, why: 'preempted', by: 101 },
  { k: 'on', t: 10, tid: 101, cpu: 0 },
  { k: 'off', t: 30, tid: 101, cpu: 0, why: 'asleep', by: 'other' },
  { k: 'on', t: 40, tid: 100, cpu: 0 },
  { k: 'pend', t: 50, thread: 0, task: '0:1', end: 'yielded' },
  { k: 'poll', t: 50, thread: 0, task: '0:2', ready: 1 },
  { k: 'pend', t: 75, thread: 0, task: '0:2', end: 'settled' },
  { k: 'settle', t: 75, thread: 0, task: '0:2', end: 'value' },
];
const picture = pictureOf(runOf(hog, { endNs: 80 }));

describe('sliceAt', () => {
  const lane = [
    { fromNs: 0, toNs: 10 },
    { fromNs: 10, toNs: 10 },
    { fromNs: 10, toNs: 30 },
    { fromNs: 40, toNs: 50 },
  ];

  test.each([
    [-1, undefined],
    [0, 0],
    [9, 0],
    [10, 2],
    [30, undefined],
    [49, 3],
    [50, undefined],
  ])('at %i it is number %o', (atNs, place) => {
    expect(sliceAt(lane, atNs)).toBe(place === undefined ? undefined : lane[place]);
  });

  test('one that took no time holds at its moment, where nothing begins after it', () => {
    expect(sliceAt([{ fromNs: 5, toNs: 5 }], 5)).toEqual({ fromNs: 5, toNs: 5 });
  });
});

test('who had a CPU while a thread wanted one, the longest first', () => {
  expect(whoHadCpu(picture, { fromNs: 10, toNs: 40 })).toEqual([
    { cpu: 0, tid: 101, ns: 20 },
    { cpu: 0, tid: 'other', ns: 10 },
  ]);
  expect(whoHadCpu(picture, { fromNs: 5, toNs: 5 })).toEqual([]);
});

test('who was polled while a task was ready, and how much of that the kernel took', () => {
  const [first, ...rest] = whoWasPolled(picture, 0, { fromNs: 20, toNs: 50 });
  expect(first).toMatchObject({ task: { name: 'hog' }, ns: 30, withoutCpuNs: 20, polls: 1 });
  expect(rest).toEqual([]);
  expect(whoWasPolled(picture, 1, { fromNs: 0, toNs: 100 })).toEqual([]);
});

test('the longest time ready, and the poll that had a CPU for longest', () => {
  expect(longestReady(picture)).toMatchObject({ task: { name: 'late' }, slice: { fromNs: 0, toNs: 50 } });
  expect(longestPoll(picture)).toMatchObject({ task: { name: 'late' }, wallNs: 25, cpuNs: 25 });
});

test('without the kernel, the poll that took longest by the clock', () => {
  const longest = longestPoll(pictureOf(runOf(hog, { level: 'process' })));
  expect(longest).toMatchObject({ task: { name: 'hog' }, wallNs: 50, cpuNs: undefined });
});

test('a poll whose end was not seen is the longest only where there is no other', () => {
  const unseen: readonly TraceEvent[] = [
    { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 1 },
    { k: 'pend', t: 80, thread: 0, task: '0:1', end: 'unseen' },
  ];
  expect(longestPoll(pictureOf(runOf(unseen)))?.wallNs).toBe(80);
  const seen: readonly TraceEvent[] = [
    { k: 'poll', t: 80, thread: 0, task: '0:2', ready: 1 },
    { k: 'pend', t: 81, thread: 0, task: '0:2', end: 'suspended' },
  ];
  expect(longestPoll(pictureOf(runOf([...unseen, ...seen])))?.task.task).toBe('0:2');
});

test('of nothing there is no longest', () => {
  const empty = pictureOf(runOf([]));
  expect([longestReady(empty), longestPoll(empty)]).toEqual([undefined, undefined]);
});

test('a poll is late by how long its task was ready', () => {
  expect(picture.tasks.map(latenessOf)).toEqual([[0], [50]]);
});
