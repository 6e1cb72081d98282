import { pictureOf, type TaskKey, type TraceEvent, type TraceRun, warningsOf } from '@heddle/runtime/trace';
import { describe, expect, test } from 'vitest';
import { runOf } from '../picture/hand-made.js';

const ms = 1e6;
const main: TraceEvent = { k: 'thread', t: 0, thread: 0, name: 'main', tid: 100 };

function spawned(task: TaskKey, name: string, t = 0): TraceEvent {
  return { k: 'spawn', t, thread: 0, task, name };
}

/** A poll from `from` to `to`, in milliseconds, and how it ended. */
function polled(
  task: TaskKey,
  from: number,
  to: number,
  end: 'yielded' | 'suspended' | 'settled' | 'unseen' = 'suspended',
): TraceEvent[] {
  return [
    { k: 'poll', t: from * ms, thread: 0, task, ready: 0 },
    { k: 'pend', t: to * ms, thread: 0, task, end },
  ];
}

function saidOf(events: readonly TraceEvent[], more: Partial<TraceRun> = {}): string[] {
  return warningsOf(pictureOf(runOf([main, ...events], { endNs: 100 * ms, ...more }))).map(
    ({ kind, text }) => `${kind}: ${text}`,
  );
}

describe('a long poll', () => {
  const hog = [
    spawned('0:1', 'hog'),
    spawned('0:2', 'late'),
    ...polled('0:1', 0, 30, 'yielded'),
    ...polled('0:1', 30, 42),
    ...polled('0:2', 42, 43),
  ];

  test('is the task’s where nothing else is known', () => {
    expect(saidOf(hog, { level: 'process' })).toEqual([
      'never yields: Task "hog" (0:1) held its thread for 30.0 ms in one poll, while 1 other task had to wait for it; 1 other poll did the same.',
      'ready but not polled: Task "late" (0:2) was ready for 42.0 ms before it was polled, while its thread polled task "hog" (0:1) for 42.0 ms.',
    ]);
  });

  test('is the kernel’s where it took the CPU away', () => {
    const kernel: TraceEvent[] = [
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      spawned('0:1', 'hello'),
      { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 0 },
      { k: 'off', t: 2 * ms, tid: 100, cpu: 0, why: 'preempted', by: 101 },
      { k: 'on', t: 2 * ms, tid: 101, cpu: 0 },
      { k: 'off', t: 20 * ms, tid: 101, cpu: 0, why: 'asleep', by: 'other' },
      { k: 'on', t: 31 * ms, tid: 100, cpu: 0 },
      { k: 'pend', t: 32 * ms, thread: 0, task: '0:1', end: 'suspended' },
      { k: 'off', t: 32 * ms, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
    ];
    expect(saidOf(kernel, { threadNames: { 101: 'V8Worker' } })).toEqual([
      'polled without a CPU: Task "hello" (0:1) was polled for 32.0 ms, and the kernel gave its thread no CPU for 29.0 ms of that, of which 29.0 ms at once, while thread "V8Worker" had CPU 0 for 18.0 ms, another program had CPU 0 for 11.0 ms.',
      'wants a CPU: Thread "main" wanted a CPU for 32.0 ms and had to wait for 29.0 ms of that, and was preempted 1 time: more wants to compute, here and in other programs, than there are CPUs.',
    ]);
  });

  test('blocks where the thread was asleep in it', () => {
    const blocking: TraceEvent[] = [
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      spawned('0:1', 'reads'),
      { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 0 },
      { k: 'off', t: 1 * ms, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
      { k: 'waking', t: 90 * ms, tid: 100, by: 'interrupt' },
      { k: 'on', t: 90 * ms, tid: 100, cpu: 0 },
      { k: 'pend', t: 91 * ms, thread: 0, task: '0:1', end: 'suspended' },
    ];
    expect(saidOf(blocking)).toEqual([
      'blocks its thread: Task "reads" (0:1) was polled for 91.0 ms, and its thread was asleep for 89.0 ms of that: a call in it blocks, or V8 collected garbage.',
    ]);
  });

  test('whose end was not seen is none', () => {
    expect(saidOf([spawned('0:1', 'async'), ...polled('0:1', 0, 90, 'unseen')])).toEqual([]);
  });
});

describe('a job on a thread of its own', () => {
  const job: TraceEvent[] = [
    spawned('0:1', 'job'),
    { k: 'thread', t: 30 * ms, thread: 1, name: 'worker', job: '0:1' },
    { k: 'poll', t: 30 * ms, thread: 1, task: '0:1', ready: 0 },
    { k: 'spawn', t: 31 * ms, thread: 1, task: '1:1', name: 'child' },
    { k: 'pend', t: 90 * ms, thread: 1, task: '0:1', end: 'yielded' },
  ];

  test('may keep it, and has to wait until it has started', () => {
    const alone = job.filter((event) => !('task' in event) || event.task !== '1:1');
    expect(saidOf(alone, { level: 'process', endNs: 95 * ms })).toEqual([
      'ready but not polled: Task "job" (0:1) was ready for 30.0 ms before it was polled, since its thread had to start or was busy.',
    ]);
  });

  test('may not where it has spawned others there', () => {
    expect(saidOf(job, { level: 'process', endNs: 95 * ms })).toContain(
      'never yields: Task "job" (0:1) held its thread for 60.0 ms in one poll, while 1 other task had to wait for it.',
    );
  });
});

describe('a task', () => {
  test('that is spawned and never polled', () => {
    expect(saidOf([spawned('0:1', 'forgotten', 5 * ms)])).toEqual([
      'never polled: Task "forgotten" (0:1) was spawned 95.0 ms before the end of the recording, and has not been polled.',
    ]);
  });

  test('that is aborted before its first poll is none', () => {
    const aborted: TraceEvent = { k: 'settle', t: 50 * ms, thread: 0, task: '0:1', end: 'cancelled' };
    expect(saidOf([spawned('0:1', 'aborted'), aborted])).toEqual([]);
  });

  test('that asks instead of waiting', () => {
    const asks = Array.from({ length: 200 }, (_, at) => polled('0:1', at / 10, at / 10 + 0.05, 'yielded'));
    const [said, ...others] = saidOf([spawned('0:1', 'asks'), ...asks.flat()], { endNs: 20 * ms });
    expect(said).toBe(
      'wakes itself: Task "asks" (0:1) made itself ready again 200 times in 200 polls, of 50.0 µs each: it asks again and again for what it could wait for.',
    );
    expect(others).toEqual([]);
  });

  test('that gives way between long polls is polite', () => {
    const polite = Array.from({ length: 100 }, (_, at) => polled('0:1', at, at + 0.9, 'yielded'));
    expect(saidOf([spawned('0:1', 'polite'), ...polite.flat()])).toEqual([]);
  });

  test('that waits for one that waits for it', () => {
    const waits = (task: TaskKey, of: TaskKey): TraceEvent[] => [
      { k: 'poll', t: 0, thread: 0, task, ready: 0 },
      { k: 'pend', t: 0, thread: 0, task, end: 'suspended', on: `handle of task ${of}`, of },
    ];
    const circle = [spawned('0:1', 'a'), spawned('0:2', 'b'), ...waits('0:1', '0:2'), ...waits('0:2', '0:1')];
    expect(saidOf(circle)).toEqual([
      'waits for ever: Task "a" (0:1) has waited for handle of task 0:2 for the last 100 ms of the recording: it waits for itself, by way of task "b" (0:2).',
      'waits for ever: Task "b" (0:2) has waited for handle of task 0:1 for the last 100 ms of the recording: it waits for itself, by way of task "a" (0:1).',
    ]);
  });

  test('that waits for one that has settled', () => {
    const waits: TraceEvent[] = [
      spawned('0:1', 'waits'),
      spawned('0:2', 'done'),
      { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 0 },
      { k: 'pend', t: 0, thread: 0, task: '0:1', end: 'suspended', on: 'handle', of: '0:2' },
      ...polled('0:2', 0, 1, 'settled'),
      { k: 'settle', t: 1 * ms, thread: 0, task: '0:2', end: 'value' },
    ];
    expect(saidOf(waits)).toEqual([
      'waits for ever: Task "waits" (0:1) has waited for handle for the last 100 ms of the recording, though task "done" (0:2) settled 99.0 ms before its end.',
    ]);
  });

  test('that waits for what may still come is none', () => {
    const server: TraceEvent[] = [
      spawned('0:1', 'server'),
      { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 0 },
      { k: 'pend', t: 0, thread: 0, task: '0:1', end: 'suspended', on: 'listener.accept()' },
    ];
    expect(saidOf(server)).toEqual([]);
  });
});

describe('a thread', () => {
  test('that wants a CPU, as it was counted', () => {
    const count = (t: number, runNs: number, waitNs: number, involuntary: number): TraceEvent => ({
      ...{ k: 'count', t, tid: 100, cpu: 0, slices: 0, voluntary: 0 },
      ...{ runNs, waitNs, involuntary },
    });
    expect(saidOf([count(0, 0, 0, 3), count(80 * ms, 40 * ms, 40 * ms, 12)], { level: 'counted' })).toEqual([
      'wants a CPU: Thread "main" wanted a CPU for 80.0 ms and had to wait for 40.0 ms of that, and was preempted 9 times: more wants to compute, here and in other programs, than there are CPUs.',
    ]);
  });

  test('that runs for something besides tasks', () => {
    const events: TraceEvent[] = [
      { k: 'on', t: 0, tid: 100, cpu: 0 },
      spawned('0:1', 'small'),
      ...polled('0:1', 10, 11),
      { k: 'wake', t: 89 * ms, thread: 0, task: '0:1' },
      ...polled('0:1', 90, 91),
    ];
    expect(saidOf(events)).toEqual(
      [
        'ready but not polled: Task "small" (0:1) was ready for 10.0 ms before it was polled.',
        'runs outside of tasks: Thread "main" had a CPU for 81.0 ms from its first poll to its last, and polled tasks for 2.00 ms of that: the rest went to what is in no task.',
      ].reverse(),
    );
  });
});

test('what took most time comes first, and names who it is about', () => {
  const events = [
    spawned('0:1', 'small'),
    spawned('0:2', 'large'),
    ...polled('0:1', 0, 10),
    ...polled('0:2', 10, 60),
  ];
  const warnings = warningsOf(pictureOf(runOf([main, ...events], { level: 'process', endNs: 60 * ms })));
  expect(warnings.map(({ kind, task, atNs, ns }) => [kind, task, atNs / ms, ns / ms])).toEqual([
    ['never yields', '0:2', 10, 50],
    ['never yields', '0:1', 0, 10],
    ['ready but not polled', '0:2', 0, 10],
  ]);
});

test('a name from elsewhere moves no cursor', () => {
  const events = [spawned('0:1', '\u001b[2J'), ...polled('0:1', 0, 50)];
  expect(saidOf(events, { level: 'process' })).toEqual([
    'never yields: Task "\\u{1b}[2J" (0:1) held its thread for 50.0 ms in one poll.',
  ]);
});

test('of nothing there is nothing to say', () => {
  expect(saidOf([])).toEqual([]);
});
