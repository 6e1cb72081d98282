import { perfettoText, pictureOf } from '@heddle/runtime/trace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTasks, asThreads, empty, MS, poll, task, taskSlice, thread } from '../hog-pictures.js';
import { anyRun } from '../picture/any-run.js';
import { brokenRules, type RawEvent } from './importer-rules.js';

describe('a trace for Perfetto', () => {
  test.each([false, true])('keeps the rules of its importer, with compat: %s', (compat) => {
    expect(brokenRules(perfettoText([asTasks, asThreads], { compat }))).toEqual([]);
  });

  test('keeps them whatever was recorded', () => {
    fc.assert(
      fc.property(fc.array(anyRun, { minLength: 1, maxLength: 3 }), fc.boolean(), (runs, compat) => {
        expect(brokenRules(perfettoText(runs.map(pictureOf), { compat }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('says of each event what the picture says', () => {
    expect(lines([asTasks])).toEqual([
      'T [tasks / main] Running 0+40 {"cpu":0}',
      'T [tasks / main] R+ 40+10',
      'T [tasks / main] Running 50+40 {"cpu":0}',
      'T [tasks / main] S 90+10',
      'i [tasks / main] preempted 40 {"by":"another program"}',
      'T [tasks, other programs / another program] Running 40+10 {"cpu":0}',
      'X [tasks, tasks (user space) / hog] ready 0+2',
      'X [tasks, tasks (user space) / hog] running 2+68 {"end":"settled","without a CPU, ms":10}',
      'X [tasks, tasks (user space) / ticker] ready 0+70',
      'X [tasks, tasks (user space) / ticker] running 70+1 {"end":"suspended"}',
      'X [tasks, tasks (user space) / ticker] waiting 71+9 {"on":"sleep(9)"}',
      'X [tasks, tasks (user space) / ticker] ready 80+0.5 {"wokenBy":"event loop"}',
      'X [tasks, tasks (user space) / ticker] running 80.5+0.5 {"end":"settled"}',
      'X [tasks / main] hog 2+68 {"task":"0:1","end":"settled","without a CPU, ms":10}',
      'X [tasks / main] ticker 70+1 {"task":"0:2","end":"suspended"}',
      'X [tasks / main] ticker 80.5+0.5 {"task":"0:2","end":"settled"}',
      'C [tasks / main] main: ready 0 {"tasks":2}',
      'C [tasks / main] main: ready 2 {"tasks":1}',
      'C [tasks / main] main: ready 70 {"tasks":0}',
      'C [tasks / main] main: ready 71 {"tasks":0}',
    ]);
  });

  test('has slices for CPUs and threads where the viewer knows no states of threads', () => {
    const compat = lines([asThreads], { compat: true });
    expect(compat.filter((line) => line.startsWith('T'))).toEqual([]);
    expect(compat.filter((line) => line.includes('CPUs'))).toEqual([
      'X [threads, CPUs / CPU 0] hog 0+20',
      'X [threads, CPUs / CPU 0] ticker 20+1',
      'X [threads, CPUs / CPU 0] hog 21+19',
      'X [threads, CPUs / CPU 0] ticker 40+1',
      'X [threads, CPUs / CPU 0] hog 41+39',
      'X [threads, threads on CPUs / hog] on CPU 0 0+20',
      'X [threads, threads on CPUs / hog] wants a CPU 20+1',
      'X [threads, threads on CPUs / hog] on CPU 0 21+19',
      'X [threads, threads on CPUs / hog] wants a CPU 40+1',
      'X [threads, threads on CPUs / hog] on CPU 0 41+39',
      'X [threads, threads on CPUs / ticker] asleep 0+20',
      'X [threads, threads on CPUs / ticker] on CPU 0 20+1',
      'X [threads, threads on CPUs / ticker] asleep 21+19',
      'X [threads, threads on CPUs / ticker] on CPU 0 40+1',
    ]);
  });

  test('draws an arrow from who spawned or woke a task to the poll that came of it', () => {
    const parent = task('0:1', 'parent', [poll(0, 2, 'suspended'), taskSlice('waiting', 2, 9)], undefined);
    const child = {
      ...task(
        '0:2',
        'child',
        [
          taskSlice('ready', 1, 2),
          poll(2, 3, 'suspended'),
          taskSlice('waiting', 3, 4, { on: 'recv()' }),
          taskSlice('ready', 4, 5, { wokenBy: '0:3' }),
          poll(5, 6, 'settled'),
        ],
        'panic',
      ),
      spawnedBy: '0:1',
    } as const;
    // It wakes the child with the last thing that its poll does.
    const waker = task('0:3', 'waker', [poll(3, 4, 'yielded'), taskSlice('ready', 4, 9)], undefined);
    const picture = {
      ...empty('flows', 9),
      threads: [thread(0, 9, 'main', 0, 9)],
      tasks: [parent, child, waker],
    };
    expect(brokenRules(perfettoText([picture]))).toEqual([]);
    expect(lines([picture]).filter((line) => /^[sfi] /.test(line))).toEqual([
      'i [flows, tasks (user space) / child] panic 6',
      's [flows, tasks (user space) / parent] spawn 1 #1',
      's [flows, tasks (user space) / waker] wake 3.999999 #2',
      'f [flows, tasks (user space) / child] spawn 2 #1',
      'f [flows, tasks (user space) / child] wake 5 #2',
    ]);
  });

  test('gives two runs of one process processes, threads and CPUs of their own, and one zero', () => {
    const early = { ...asTasks, fromNs: -5 * MS, marks: [{ atNs: -5 * MS, name: 'before' }] };
    const text = perfettoText([early, asTasks]);
    expect(brokenRules(text)).toEqual([]);
    expect(lines([early, asTasks]).filter((line) => /before| Running 5\+| Running 45\+/.test(line))).toEqual([
      'T [A: tasks / main] Running 5+40 {"cpu":0}',
      'T [B: tasks / main] Running 5+40 {"cpu":1}',
      'T [A: tasks, other programs / another program] Running 45+10 {"cpu":0}',
      'T [B: tasks, other programs / another program] Running 45+10 {"cpu":1}',
      'i [A: tasks / main] before 0',
    ]);
  });

  test('has counters and no slice for what was counted', () => {
    const bands = [{ fromNs: 0, toNs: 5 * MS, running: 0.5, runnable: 0.25, asleep: 0.25 }];
    const picture = { ...empty('counted', 5), threads: [{ ...thread(0, 9, 'main', 0, 5), bands }] };
    expect(lines([picture])).toEqual([
      'C [counted / main] main, counted: 0 {"% on a CPU":50,"% wants a CPU":25}',
      'C [counted / main] main, counted: 5 {"% on a CPU":0,"% wants a CPU":0}',
    ]);
  });

  test('holds names of any kind, and none that is empty', () => {
    const names = ['</script><img onerror=alert(1)>', '\u001b[2J', '\ud800', '"\\', '', '\u007f', '日本'];
    const tasks = names.map((name, index) =>
      task(`0:${index}`, name, [taskSlice('ready', index, index + 1)], undefined),
    );
    const marks = [{ atNs: 0, name: '' }];
    const picture = { ...empty('', 9), threads: [thread(0, 9, '', 0, 9)], tasks, marks };
    const text = perfettoText([picture]);
    expect(brokenRules(text)).toEqual([]);
    expect(text.replaceAll('\n', '')).toMatch(/^\P{Cc}*$/u);
  });
});

/** Each event on a line, as `who what from+for details`. */
function lines(...given: Parameters<typeof perfettoText>): string[] {
  const events = eventsOf(perfettoText(...given));
  const names = new Map<unknown, unknown>();
  for (const { ph, name, pid, tid, args } of events) {
    if (ph === 'M' && name === 'process_name') names.set(`${pid}`, args?.name);
    if (ph === 'M' && name === 'thread_name') names.set(`${pid} ${tid}`, args?.name);
  }
  return events.flatMap(({ ph, name, pid, tid, ts, dur, args, id }) => {
    if (ph === 'M') return [];
    const who = [names.get(`${pid}`), names.get(`${pid} ${tid}`)].filter((one) => one !== undefined);
    const when = `${Number(ts) / 1_000}${dur === undefined ? '' : `+${Number(dur) / 1_000}`}`;
    const rest = args === undefined ? [] : [JSON.stringify(args)];
    return [
      [ph, `[${who.join(' / ')}]`, name, when, ...(id === undefined ? [] : [`#${id}`]), ...rest].join(' '),
    ];
  });
}

function eventsOf(text: string): readonly RawEvent[] {
  return (JSON.parse(text) as { readonly traceEvents: readonly RawEvent[] }).traceEvents;
}
