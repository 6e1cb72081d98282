import {
  type Picture,
  pictureOf,
  type TaskLane,
  type TraceEvent,
  type TraceRun,
} from '@heddle/runtime/trace';
import { describe, expect, test } from 'vitest';
import { runOf } from './hand-made.js';

const on = { thread: 0, task: '0:1' } as const;

/** What a task did, one line for each interval. */
function linesOf({ slices }: TaskLane): string[] {
  return slices.map(({ fromNs, toNs, state, end, on, of, wokenBy }) =>
    [
      `${fromNs}–${toNs} ${state}`,
      ...(end === undefined ? [] : [end]),
      ...(on === undefined ? [] : [`on ${on}`]),
      ...(of === undefined ? [] : [`of ${of}`]),
      ...(wokenBy === undefined ? [] : [`by ${wokenBy}`]),
    ].join(', '),
  );
}

function pictureFrom(events: readonly TraceEvent[], more: Partial<TraceRun> = {}): Picture {
  return pictureOf(runOf(events, { level: 'process', ...more }));
}

function lanesFrom(events: readonly TraceEvent[], more: Partial<TraceRun> = {}): Record<string, string[]> {
  return Object.fromEntries(pictureFrom(events, more).tasks.map((task) => [task.task, linesOf(task)]));
}

test('a task from its spawn to its end', () => {
  const picture = pictureFrom([
    { ...on, k: 'spawn', t: 5, name: 'hello', at: 'hello.ts:3', by: '0:9' },
    { ...on, k: 'poll', t: 10, ready: 0 },
    { ...on, k: 'pend', t: 20, end: 'yielded' },
    { ...on, k: 'poll', t: 25, ready: 0 },
    { ...on, k: 'pend', t: 30, end: 'suspended', on: 'handle of task 2', of: '0:2' },
    { ...on, k: 'wake', t: 50, by: '0:2' },
    { ...on, k: 'poll', t: 60, ready: 0 },
    { ...on, k: 'settle', t: 69, end: 'value' },
    { ...on, k: 'pend', t: 70, end: 'settled' },
  ]);
  expect(picture).toEqual({
    label: 'by hand',
    fromNs: 0,
    endNs: 100,
    cpus: [],
    threads: [
      {
        ...{ thread: 0, tid: undefined, name: 'thread 0', fromNs: 5, toNs: 100, slices: [], bands: [] },
        ...{ preemptions: undefined, migrations: undefined, runNs: undefined, runnableNs: undefined },
      },
    ],
    tasks: [
      {
        ...{ task: '0:1', name: 'hello', at: 'hello.ts:3', spawnedBy: '0:9', thread: 0, fromNs: 5, toNs: 70 },
        ...{ end: 'value', responseNs: 5, turnaroundNs: 65, waitNs: 20, polls: 3 },
        slices: [
          { fromNs: 5, toNs: 10, state: 'ready' },
          { fromNs: 10, toNs: 20, state: 'polled', end: 'yielded' },
          { fromNs: 20, toNs: 25, state: 'ready' },
          { fromNs: 25, toNs: 30, state: 'polled', end: 'suspended' },
          { fromNs: 30, toNs: 50, state: 'waiting', on: 'handle of task 2', of: '0:2' },
          { fromNs: 50, toNs: 60, state: 'ready', wokenBy: '0:2' },
          { fromNs: 60, toNs: 70, state: 'polled', end: 'settled' },
        ],
      },
    ],
    counters: [
      { name: 'ready tasks', thread: 0, atNs: [0, 5, 10, 20, 25, 50, 60], values: [0, 1, 0, 1, 0, 1, 0] },
    ],
    marks: [],
  });
});

describe('what a task did', () => {
  test('woken while it is polled, it is ready when that is over', () => {
    const events: TraceEvent[] = [
      { ...on, k: 'spawn', t: 0 },
      { ...on, k: 'poll', t: 10, ready: 0 },
      { ...on, k: 'wake', t: 15 },
      { ...on, k: 'wake', t: 16, by: '0:2' },
      { ...on, k: 'pend', t: 20, end: 'suspended', on: 'recv()' },
      { ...on, k: 'poll', t: 30, ready: 0 },
      { ...on, k: 'pend', t: 40, end: 'suspended', on: 'recv()' },
    ];
    expect(lanesFrom(events)['0:1']).toEqual([
      '0–10 ready',
      '10–20 polled, suspended',
      '20–30 ready, by event loop',
      '30–40 polled, suspended',
      '40–100 waiting, on recv()',
    ]);
  });

  test('an abort makes it ready, whether or not a wake says so', () => {
    const aborted = (wake: readonly TraceEvent[]): TraceEvent[] => [
      { ...on, k: 'poll', t: 0, ready: 0 },
      { ...on, k: 'pend', t: 10, end: 'suspended' },
      { ...on, k: 'abort', t: 30, by: '0:2' },
      ...wake,
      { ...on, k: 'poll', t: 40, ready: 0 },
      { ...on, k: 'settle', t: 50, end: 'cancelled' },
      { ...on, k: 'pend', t: 50, end: 'settled' },
    ];
    const lines = ['0–10 polled, suspended', '10–30 waiting', '30–40 ready, by 0:2', '40–50 polled, settled'];
    expect(lanesFrom(aborted([]))['0:1']).toEqual(lines);
    expect(lanesFrom(aborted([{ ...on, k: 'wake', t: 30, by: '0:2' }]))['0:1']).toEqual(lines);
  });

  test.each<[first: string, event: TraceEvent, lines: string[]]>([
    ['a poll', { ...on, k: 'poll', t: 40, ready: 0 }, ['40–100 polled']],
    [
      'the end of one',
      { ...on, k: 'pend', t: 40, end: 'suspended', on: 'sleep' },
      ['40–100 waiting, on sleep'],
    ],
    ['a yield', { ...on, k: 'pend', t: 40, end: 'yielded' }, ['40–100 ready']],
    ['a wake', { ...on, k: 'wake', t: 40 }, ['40–100 ready, by event loop']],
    ['an abort', { ...on, k: 'abort', t: 40 }, ['40–100 waiting']],
    ['its end', { ...on, k: 'settle', t: 40, end: 'value' }, []],
  ])('is known from its first event on, which was %s', (_, event, lines) => {
    const picture = pictureFrom([event]);
    const [task] = picture.tasks;
    expect(linesOf(task!)).toEqual(lines);
    expect(task).toMatchObject({ fromNs: 40, responseNs: undefined, turnaroundNs: undefined });
  });

  test('that was there before the recording is ready, polled or waiting at once', () => {
    const early = (task: '0:1' | '0:2' | '0:3'): TraceEvent => ({
      k: 'spawn',
      t: 0,
      thread: 0,
      task,
      early: true,
    });
    const picture = pictureFrom([
      early('0:1'),
      { ...on, k: 'poll', t: 0, ready: 1 },
      early('0:2'),
      { k: 'pend', t: 0, thread: 0, task: '0:2', end: 'suspended', on: 'sleep' },
      early('0:3'),
      { ...on, k: 'pend', t: 10, end: 'yielded' },
      { k: 'poll', t: 10, thread: 0, task: '0:3', ready: 1 },
    ]);
    expect(picture.tasks.map(linesOf)).toEqual([
      ['0–10 polled, yielded', '10–100 ready'],
      ['0–100 waiting, on sleep'],
      ['0–10 ready', '10–100 polled'],
    ]);
    expect(picture.tasks.map(({ responseNs }) => responseNs)).toEqual([undefined, undefined, undefined]);
  });

  test.each<[what: string, event: TraceEvent]>([
    ['polls again', { k: 'poll', t: 50, thread: 0, task: '0:2', ready: 0 }],
    ['parks', { k: 'park', t: 50, thread: 0 }],
    ['ends', { k: 'exit', t: 50, thread: 0 }],
  ])('a poll whose end nobody saw is over when its thread %s', (_, event) => {
    const [first] = lanesFrom([{ ...on, k: 'poll', t: 10, ready: 0 }, event])['0:1']!;
    expect(first).toBe('10–50 polled, unseen');
  });

  test('a poll that a thread took with it ends where the kernel saw that thread end', () => {
    const events: TraceEvent[] = [
      { k: 'thread', t: 0, thread: 1, name: 'worker', tid: 101, job: '0:1' },
      { k: 'on', t: 0, tid: 101, cpu: 0 },
      { k: 'poll', t: 10, thread: 1, task: '0:1', ready: 0 },
      { k: 'spawn', t: 20, thread: 1, task: '1:1' },
      { k: 'gone', t: 60, tid: 101 },
      { ...on, k: 'settle', t: 80, end: 'cancelled' },
    ];
    const picture = pictureFrom(events, { level: 'exact' });
    expect(lanesFrom(events, { level: 'exact' })).toEqual({
      '0:1': ['10–60 polled, unseen', '60–80 waiting'],
      '1:1': ['20–60 ready'],
    });
    expect(picture.tasks.map(({ end, toNs }) => [end, toNs])).toEqual([
      ['cancelled', 80],
      [undefined, 60],
    ]);
  });

  test('a job is on the thread that polls it, or was started for it, and settles when that is gone', () => {
    const job = { thread: 1, task: '0:1' } as const;
    const picture = pictureFrom([
      { ...on, k: 'spawn', t: 0, name: 'job' },
      { k: 'spawn', t: 0, thread: 0, task: '0:2', name: 'begun' },
      { k: 'thread', t: 30, thread: 1, name: 'worker', job: '0:1' },
      { k: 'thread', t: 30, thread: 2, name: 'other', job: '0:2' },
      { ...job, k: 'poll', t: 35, ready: 0 },
      { ...job, k: 'pend', t: 60, end: 'settled' },
      { k: 'exit', t: 65, thread: 1 },
      { ...on, k: 'settle', t: 70, end: 'value' },
    ]);
    expect(picture.tasks.map(({ thread }) => thread)).toEqual([1, 2]);
    expect(linesOf(picture.tasks[0]!)).toEqual(['0–35 ready', '35–60 polled, settled', '60–70 waiting']);
  });

  test('what comes after its end is not believed', () => {
    const events: TraceEvent[] = [
      { ...on, k: 'spawn', t: 0 },
      { ...on, k: 'settle', t: 10, end: 'cancelled' },
      { ...on, k: 'wake', t: 20 },
      { ...on, k: 'poll', t: 30, ready: 0 },
      { ...on, k: 'settle', t: 40, end: 'value' },
    ];
    expect(lanesFrom(events)['0:1']).toEqual(['0–10 ready']);
    expect(pictureFrom(events).tasks[0]?.end).toBe('cancelled');
  });
});
