import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFtraceLine } from '../../../../src/trace/kernel/ftrace/ftrace-line.js';
import { kernelEvents } from '../../../../src/trace/kernel/ftrace/kernel-events.js';
import { parseFtrace } from '../../../../src/trace/kernel/ftrace/parse-ftrace.js';
import { outOfTurn } from '../../../trace/kernel/take-turns.js';

const path = (file: string) => new URL(`../../../trace/kernel/traces/${file}`, import.meta.url).pathname;
const parsed = (file: string) => parseFtrace(readFileSync(path(file), 'latin1'));
const fromTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('of a recorded trace', () => {
  /**
   * Recorded on Linux 6.18: a process of thirteen threads (4000 to 4012), of which 4011 and 4012 compute, which runs a
   * command and ends. Threads of others have numbers from 7000 on, and names made to be hard to read.
   */
  test.each(['one-cpu', 'two-cpus'])('%s, each event is the one that it was', async (name) => {
    const { lines, lost, malformed } = parsed(`${name}.txt`);
    expect({ lost, malformed }).toEqual({ lost: 0, malformed: 0 });
    const { events, threadNames } = kernelEvents(lines, fromTo(4000, 4012));
    expect(Object.keys(threadNames).every((tid) => Number(tid) >= 4000 && Number(tid) <= 4012)).toBe(true);
    await expect(`${events.map((event) => JSON.stringify(event)).join('\n')}\n`).toMatchFileSnapshot(
      path(`${name}.events.jsonl`),
    );
  });

  test.each(['one-cpu', 'two-cpus'])('%s, the events of each thread take turns', (name) => {
    expect(outOfTurn(kernelEvents(parsed(`${name}.txt`).lines, fromTo(4000, 4012)).events)).toEqual([]);
  });

  test('threads that compute on one CPU are preempted', () => {
    const { events } = kernelEvents(parsed('one-cpu.txt').lines, fromTo(4000, 4012));
    const preempted = events.flatMap((event) =>
      event.k === 'off' && event.why === 'preempted' ? event.tid : [],
    );
    expect(preempted).toEqual(expect.arrayContaining([4011, 4012]));
  });

  test('a command that the process ran is another program, and no thread of it', () => {
    const { lines } = parsed('one-cpu.txt');
    expect(lines.some((line) => line.kind === 'fork' && line.child.tid === 6000)).toBe(true);
    const { events, threadNames } = kernelEvents(lines, fromTo(4000, 4012));
    expect(events.filter((event) => event.tid === 6000)).toEqual([]);
    expect(threadNames).not.toHaveProperty('6000');
  });
});

describe('of other kernels', () => {
  const { lines, lost, malformed } = parsed('other-kernels.txt');

  test('what was lost and what cannot be read is counted', () => {
    expect(lost).toBe(24);
    // A name with a line end in it makes two lines; and an event that nobody asked for.
    expect(malformed).toBe(3);
  });

  test('four flags, a column for the process, `R+`, unknown names and numbers of success are read', () => {
    expect(kernelEvents(lines, [500, 501])).toEqual({
      events: [
        { k: 'off', t: 17_000_100_000, tid: 501, cpu: 2, why: 'preempted', by: 'other' },
        { k: 'migrate', t: 17_000_110_000, tid: 501, from: 2, to: 3 },
        { k: 'on', t: 17_000_120_000, tid: 501, cpu: 3 },
        { k: 'off', t: 17_000_200_000, tid: 501, cpu: 3, why: 'disk', by: 'idle' },
        { k: 'waking', t: 17_000_300_000, tid: 501, by: 'interrupt' },
        { k: 'fork', t: 17_000_400_000, tid: 502, by: 500 },
        { k: 'waking', t: 17_000_410_000, tid: 502, by: 500 },
        { k: 'on', t: 17_000_410_000, tid: 502, cpu: 101, inferred: true },
        { k: 'off', t: 17_000_520_000, tid: 502, cpu: 101, why: 'exited', by: 'other' },
        { k: 'gone', t: 17_000_520_000, tid: 502 },
      ],
      threadNames: { 501: 'node', 502: 'worker of lines' },
    });
  });

  test('from the moment on at which the trace is whole', () => {
    const { events } = kernelEvents(lines, [500, 501], 17_000_200_000);
    expect(events[0]).toEqual({ k: 'off', t: 17_000_200_000, tid: 501, cpu: 3, why: 'disk', by: 'idle' });
  });
});

describe('a line', () => {
  test('that is a mark gives its text and the thread that wrote it', () => {
    expect(
      parseFtraceLine('            node-500     [100] ..... 17.000700: tracing_mark_write: heddle: here'),
    ).toEqual({
      kind: 'mark',
      atNs: 17_000_700_000,
      cpu: 100,
      currentTid: 500,
      inInterrupt: false,
      text: 'heddle: here',
    });
  });

  test.each([
    '',
    'node-1 [000] d..2. 1.000000: sched_waking: comm=node pid=1 prio=120 target_cpu=000',
    '            node-1       [000] d..2. 1.000000: constructor: comm=node pid=1 prio=120 target_cpu=000',
    '            node-1       [000] d..2. 1.0: sched_waking: comm=node pid=1 prio=120 target_cpu=000',
    '            node-1       [000] d..2. 1.000000: sched_waking: comm=node pid=1 prio=120',
    '            node-1       [000] d..2. 1.000000: sched_waking: comm=sixteen letters! pid=1 prio=120 target_cpu=000',
  ])('that is none is nothing: %j', (line) => {
    expect(parseFtraceLine(line)).toBeUndefined();
  });
});
