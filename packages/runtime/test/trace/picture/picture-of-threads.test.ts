import { pictureOf, type ThreadLane, type TraceEvent, type TraceRun } from '@heddle/runtime/trace';
import { describe, expect, test } from 'vitest';
import { runOf } from './hand-made.js';

/** What a thread did, one line for each interval. */
function linesOf({ slices }: ThreadLane): string[] {
  return slices.map(({ fromNs, toNs, state, cpu, why, by, wokenBy }) =>
    [
      `${fromNs}–${toNs} ${state}`,
      ...(cpu === undefined ? [] : [`on ${cpu}`]),
      ...(why === undefined ? [] : [`${why} by ${by}`]),
      ...(wokenBy === undefined ? [] : [`woken by ${wokenBy}`]),
    ].join(', '),
  );
}

function lanesFrom(events: readonly TraceEvent[], more: Partial<TraceRun> = {}): Record<string, string[]> {
  const { threads } = pictureOf(runOf(events, more));
  return Object.fromEntries(threads.map((thread) => [thread.name, linesOf(thread)]));
}

test('two threads take turns on one CPU, and another program has it between', () => {
  const picture = pictureOf(
    runOf([
      { k: 'thread', t: 0, thread: 0, name: 'main', tid: 100 },
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      { k: 'fork', t: 5, tid: 101, by: 100 },
      { k: 'off', t: 10, tid: 100, cpu: 0, why: 'preempted', by: 101 },
      { k: 'on', t: 10, tid: 101, cpu: 0 },
      { k: 'thread', t: 12, thread: 1, name: 'worker', tid: 101 },
      { k: 'off', t: 30, tid: 101, cpu: 0, why: 'asleep', by: 'other' },
      { k: 'migrate', t: 35, tid: 100, from: 0, to: 1 },
      { k: 'on', t: 40, tid: 100, cpu: 1 },
      { k: 'waking', t: 50, tid: 101, by: 100 },
      { k: 'on', t: 55, tid: 101, cpu: 0 },
      { k: 'off', t: 70, tid: 101, cpu: 0, why: 'exited', by: 'idle' },
      { k: 'gone', t: 70, tid: 101 },
      { k: 'off', t: 80, tid: 100, cpu: 1, why: 'asleep', by: 'idle' },
    ]),
  );
  expect(picture.cpus).toEqual([
    {
      cpu: 0,
      slices: [
        { fromNs: 0, toNs: 10, tid: 100 },
        { fromNs: 10, toNs: 30, tid: 101 },
        { fromNs: 30, toNs: 55, tid: 'other' },
        { fromNs: 55, toNs: 70, tid: 101 },
      ],
    },
    { cpu: 1, slices: [{ fromNs: 40, toNs: 80, tid: 100 }] },
  ]);
  expect(picture.threads.map(linesOf)).toEqual([
    [
      '0–10 running, on 0, preempted by 101',
      '10–40 runnable',
      '40–80 running, on 1, asleep by idle',
      '80–100 asleep',
    ],
    [
      '5–10 runnable',
      '10–30 running, on 0, asleep by other',
      '30–50 asleep',
      '50–55 runnable, woken by 100',
      '55–70 running, on 0, exited by idle',
    ],
  ]);
  expect(picture.threads).toMatchObject([
    {
      thread: 0,
      name: 'main',
      fromNs: 0,
      toNs: 100,
      preemptions: 1,
      migrations: 1,
      runNs: 50,
      runnableNs: 30,
    },
    {
      thread: 1,
      name: 'worker',
      fromNs: 5,
      toNs: 70,
      preemptions: 0,
      migrations: 0,
      runNs: 35,
      runnableNs: 10,
    },
  ]);
  expect(picture.counters).toEqual([
    { name: 'runnable threads', atNs: [0, 5, 40, 50, 55], values: [0, 1, 0, 1, 0] },
  ]);
});

describe('what a thread did', () => {
  test.each<[first: string, event: TraceEvent, lines: string[]]>([
    [
      'the CPU that it lost',
      { k: 'off', t: 40, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
      ['0–40 running, on 0, asleep by idle', '40–100 asleep'],
    ],
    ['a CPU that it got', { k: 'on', t: 40, tid: 100, cpu: 0 }, ['0–40 runnable', '40–100 running, on 0']],
    [
      'that it was woken',
      { k: 'waking', t: 40, tid: 100, by: 'interrupt' },
      ['0–40 asleep', '40–100 runnable, woken by interrupt'],
    ],
  ])('before its first event is told by that: %s', (_, event, lines) => {
    expect(lanesFrom([event]).main).toEqual(lines);
  });

  test('before the first event that was not lost is not told', () => {
    const event: TraceEvent = { k: 'on', t: 40, tid: 100, cpu: 0 };
    expect(lanesFrom([event], { lost: { events: 0, threads: 0, kernel: 9 } }).main).toEqual([
      '40–100 running, on 0',
    ]);
  });

  test('woken on its way to sleep, it wanted a CPU all along', () => {
    const events: TraceEvent[] = [
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      { k: 'waking', t: 19, tid: 100, by: 101 },
      { k: 'off', t: 20, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
      { k: 'on', t: 30, tid: 100, cpu: 0 },
    ];
    expect(lanesFrom(events).main).toEqual([
      '0–20 running, on 0, asleep by idle',
      '20–30 runnable, woken by 101',
      '30–100 running, on 0',
    ]);
  });

  test('woken on its CPU, it may sleep later all the same', () => {
    const events: TraceEvent[] = [
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      { k: 'waking', t: 5, tid: 100, by: 101 },
      { k: 'off', t: 20, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
      { k: 'waking', t: 30, tid: 100, by: 'other' },
      { k: 'on', t: 30, tid: 100, cpu: 0 },
    ];
    expect(lanesFrom(events).main).toEqual([
      '0–20 running, on 0, asleep by idle',
      '20–30 asleep',
      '30–100 running, on 0, woken by other',
    ]);
  });

  test('a CPU that another thread has is lost, whatever was not said', () => {
    const events: TraceEvent[] = [
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      { k: 'on', t: 20, tid: 101, cpu: 0 },
      { k: 'on', t: 30, tid: 100, cpu: 1 },
    ];
    expect(lanesFrom(events)).toEqual({
      main: ['0–20 running, on 0', '20–30 runnable', '30–100 running, on 1'],
      'tid 101': ['0–20 runnable', '20–100 running, on 0'],
    });
  });

  test('a number that is given again is another thread', () => {
    const events: TraceEvent[] = [
      { k: 'fork', t: 10, tid: 101, by: 100 },
      { k: 'gone', t: 20, tid: 101 },
      { k: 'on', t: 25, tid: 101, cpu: 0 },
      { k: 'fork', t: 30, tid: 101, by: 100 },
      { k: 'gone', t: 40, tid: 101 },
    ];
    const { threads } = pictureOf(runOf(events, { threadNames: { 101: 'libuv-worker' } }));
    expect(threads.map(({ name, fromNs, toNs }) => [name, fromNs, toNs])).toEqual([
      ['libuv-worker', 10, 20],
      ['libuv-worker', 30, 40],
    ]);
  });

  test('a poll has the parts in which its thread had no CPU', () => {
    const { tasks } = pictureOf(
      runOf([
        { k: 'thread', t: 0, thread: 0, name: 'main', tid: 100 },
        { k: 'on', t: 0, tid: 100, cpu: 0 },
        { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 0 },
        { k: 'off', t: 10, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
        { k: 'waking', t: 20, tid: 100, by: 'interrupt' },
        { k: 'on', t: 25, tid: 100, cpu: 0 },
        { k: 'pend', t: 30, thread: 0, task: '0:1', end: 'yielded' },
        { k: 'off', t: 40, tid: 100, cpu: 0, why: 'preempted', by: 'other' },
        { k: 'poll', t: 45, thread: 0, task: '0:1', ready: 0 },
        { k: 'on', t: 50, tid: 100, cpu: 0 },
        { k: 'pend', t: 60, thread: 0, task: '0:1', end: 'settled' },
      ]),
    );
    expect(
      tasks[0]?.slices.filter(({ state }) => state === 'polled').map(({ withoutCpu }) => withoutCpu),
    ).toEqual([[{ fromNs: 10, toNs: 25 }], [{ fromNs: 45, toNs: 50 }]]);
  });
});

describe('what was counted', () => {
  const count = (t: number, runNs: number, waitNs: number, tid = 100): TraceEvent => ({
    ...{ k: 'count', t, tid, cpu: 0, slices: 0, voluntary: 0, involuntary: t / 10 },
    ...{ runNs, waitNs },
  });

  test('is shares of each stretch, and a wait that was written down late goes back to where it was', () => {
    const [main] = pictureOf(
      runOf([count(0, 1000, 500), count(20, 1010, 500), count(40, 1020, 515), count(60, 1020, 515)], {
        level: 'counted',
      }),
    ).threads;
    expect(main).toEqual({
      ...{ thread: undefined, tid: 100, name: 'main', fromNs: 0, toNs: 60, slices: [] },
      bands: [
        { fromNs: 0, toNs: 20, running: 0.5, runnable: 0.25, asleep: 0.25 },
        { fromNs: 20, toNs: 40, running: 0.5, runnable: 0.5, asleep: 0 },
        { fromNs: 40, toNs: 60, running: 0, runnable: 0, asleep: 1 },
      ],
      ...{ preemptions: 6, migrations: undefined, runNs: 20, runnableNs: 15 },
    });
  });

  test('belongs to the thread that has the number', () => {
    const { threads } = pictureOf(
      runOf(
        [
          count(0, 0, 0),
          { k: 'thread', t: 5, thread: 0, name: 'first', tid: 100 },
          count(10, 5, 0),
          count(10, 0, 0, 101),
          count(20, 10, 0, 101),
        ],
        { level: 'counted' },
      ),
    );
    expect(threads.map(({ name, thread, bands }) => [name, thread, bands.length])).toEqual([
      ['first', 0, 1],
      ['tid 101', undefined, 1],
    ]);
  });
});

test('events in no order, or without a time, are put in order or left out', () => {
  const events: TraceEvent[] = [
    { k: 'mark', t: 30, thread: 0, name: 'second' },
    { k: 'mark', t: -10, thread: 0, name: 'first' },
    { k: 'mark', t: Number.NaN, thread: 0, name: 'never' },
  ];
  expect(pictureOf(runOf(events, { endNs: 10 }))).toMatchObject({
    fromNs: -10,
    endNs: 30,
    marks: [
      { atNs: -10, name: 'first' },
      { atNs: 30, name: 'second' },
    ],
  });
});
