import { lanesOf, pictureOf, type ThreadLane } from '@heddle/runtime/trace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTasks, asThreads, empty, MS, task, taskSlice, thread } from '../hog-pictures.js';
import { anyRun } from '../picture/any-run.js';

describe('lanes', () => {
  test('stack two runs on one axis, each task under the thread that polls it', () => {
    expect(drawn([asTasks, asThreads], { width: 80 })).toEqual([
      '── A: tasks ────────────────────────────────────────────────────────── 100 ms ──',
      '         |0       |20 ms   |40 ms    |60 ms   |80 ms',
      'CPU 0    aaaaaaaaaaaaaaaaaaa░░░░┃aaaaaaaaaaaaaaaaaaaaaaa',
      'a main   ██████████████████▆▒▒▒▒┃██████████████████│···· 1 preempted, 0 migrated',
      '  hog    ┃█████████████████╳╱╱╱╱╳█████████               waited 2.00 ms',
      '  ticker ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒┃│···││         waited 70.5 ms',
      '  ready  █▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄               up to 2',
      '',
      '── B: threads ─────────────────────────────────────────────────────── 80.0 ms ──',
      '         |0       |20 ms   |40 ms    |60 ms   |80 ms',
      'CPU 0    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'a hog    █████████▆████████▆▆█████████████████▆          2 preempted, 0 migrated',
      'b ticker ·········│········││                            0 preempted, 0 migrated',
      '',
      'cell     2.13 ms: drawn is what took the longest',
      '         │ ┃ for less of it: on a CPU, or polled',
      'CPUs     a to z: the thread  ░ another program  blank: none of ours',
      'threads  █ on a CPU  ▆ for the most part  ▒ wants a CPU  · asleep',
      'tasks    █ polled  ▆ for the most part  ▒ ready, not polled  · waits',
      '         ╱ polled, but its thread had no CPU  ╳ both',
      '',
    ]);
  });

  test('say what stands for a thread that had a CPU and has no row', () => {
    const rowless = { ...asThreads, threads: asThreads.threads.slice(1), tasks: [] };
    const lines = drawn([rowless], { width: 80 });
    expect(lines.find((line) => line.startsWith('CPU 0'))).toMatch(/^CPU 0 +[a?]*\?[a?]*$/);
    expect(lines.filter((line) => line.includes('without a row'))).toEqual([
      'CPUs     a to z: the thread  ? a thread of ours without a row here',
    ]);
  });

  test('tell the states apart in ASCII and without a colour', () => {
    expect(drawn([asTasks], { width: 120, ascii: true })).toEqual([
      `-- tasks ${'-'.repeat(101)} 100 ms --`,
      '         |0            |20 ms        |40 ms        |60 ms        |80 ms',
      'CPU 0    aaaaaaaaaaaaaaaaaaaaaaaaaaaa!::::::!aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'a main   ############################!======!###########################H....... 1 preempted, 0 migrated, wanted 10.0 ms',
      '  hog    =H##########################x//////x#############H                      waited 2.00 ms, 1 poll',
      '  ticker =================================================!|......|              waited 70.5 ms, 2 polls',
      '  ready  22111111111111111111111111111111111111111111111111                      up to 2',
      '',
      'cell     1.41 ms: drawn is what took the longest',
      '         | ! for less of it: on a CPU, or polled',
      'CPUs     a to z: the thread  : another program  blank: none of ours',
      'threads  # on a CPU  H for the most part  = wants a CPU  . asleep',
      'tasks    # polled  H for the most part  = ready, not polled  . waits  / polled, but its thread had no CPU  x both',
      '',
    ]);
  });

  test('show only the stretch that is asked for, and say what is not in it', () => {
    expect(drawn([asTasks], { width: 72, fromNs: 79 * MS, toNs: 82 * MS }).slice(0, 8)).toEqual([
      '── tasks ───────────────────────────────────────────────────── 100 ms ──',
      '         |79 ms       |80 ms       |81 ms',
      'CPU 0    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'a main   ███████████████████████████████████████ 1 preempted, 0 migrated',
      '  ticker ·············▒▒▒▒▒▒▆██████              waited 70.5 ms',
      '  1 more                                         not in this stretch',
      '  ready                                          up to 0',
      '',
    ]);
  });

  test('draw what was counted in shades that no slice has', () => {
    const shares = [
      [1, 0],
      [0.5, 0.25],
      [0.01, 0.99],
      [0, 0],
    ] as const;
    const bands = shares.map(([running, runnable], index) => ({
      fromNs: index * 25 * MS,
      toNs: (index + 1) * 25 * MS,
      running,
      runnable,
      asleep: 1 - running - runnable,
    }));
    const main: ThreadLane = { ...thread(0, 7, 'main', 0, 100), bands, preemptions: 4 };
    const counted = { ...empty('counted', 100), threads: [main] };
    expect(drawn([counted], { width: 60 })).toEqual([
      '── counted ─────────────────────────────────────── 100 ms ──',
      '         |0              |50 ms',
      'main ran ⣿⣿⣿⣿⣿⣿⣿⣿⣦⣤⣤⣤⣤⣤⣤⣤⣀⡀⡀⡀⡀⡀⡀⡀⡀         4 preempted',
      '  wanted         ⡀⣀⣀⣀⣀⣀⣀⣀⣤⣷⣷⣷⣷⣷⣷⣷⣦         counted, not seen',
      '',
      'cell     3.03 ms',
      '         ⡀ to ⣿ how much of the time, counted',
      '',
    ]);
    expect(drawn([counted], { width: 60, ascii: true }).slice(2, 4)).toEqual([
      'main ran 999999995444444421111111100000000 4 preempted',
      '  wanted 000000001222222258888888600000000 counted, not seen',
    ]);
  });

  test('say that a thread was not watched where nothing is known of it', () => {
    const picture = {
      ...empty('process', 4),
      threads: [{ ...thread(0, 1, 'main', 0, 4), tid: undefined }],
      tasks: [task('0:1', undefined, [taskSlice('ready', 0, 4)], undefined)],
    };
    expect(drawn([picture], { width: 60 })).toEqual([
      '── process ────────────────────────────────────── 4.00 ms ──',
      '           |0               |2 ms',
      'main                                          not watched',
      '  task 0:1 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ waited 4.00 ms',
      '',
      'cell     118 µs: drawn is what took the longest',
      '         │ ┃ for less of it: on a CPU, or polled',
      'tasks    █ polled  ▆ for the most part  ▒ ready, not polled',
      '         · waits',
      '',
    ]);
  });

  test('say how many tasks are not drawn, and draw one whose thread was not recorded', () => {
    const crowd = Array.from({ length: 30 }, (_, index) =>
      task(`0:${index}`, 'echo', [taskSlice('waiting', 0, 4)], undefined),
    );
    const stray = task('3:1', 'stray', [taskSlice('ready', 0, 4)], 'panic');
    const picture = { ...empty('many', 4), threads: [thread(0, 1, 'main', 0, 4)], tasks: [...crowd, stray] };
    expect(drawn([picture], { width: 60, tasks: 1 }).slice(2, 7)).toEqual([
      'main                                   not watched',
      '  0:0 echo ··························· waited 0 ns',
      '  29 more                              not drawn',
      'thread 3                               not watched',
      '  stray    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ panic, waited 4.00 ms',
    ]);
  });

  test('keep their columns whatever a name is made of', () => {
    const names = [
      '\u001b[2Jgone\n',
      '日本語の名前',
      'e\u0301e\u0301',
      '👍🏽 up',
      '\u202eevil',
      'x'.repeat(99),
    ];
    const tasks = names.map((name, index) => task(`0:${index}`, name, [taskSlice('waiting', 0, 4)], 'value'));
    const marks = [{ atNs: 2 * MS, name: '\u001b[31m日本' }];
    const picture = { ...empty('\u0007bell', 4), threads: [thread(0, 1, 'main', 0, 4)], tasks, marks };
    expect(drawn([picture], { width: 72 }).slice(0, 10)).toEqual([
      '── \\u{7}bell ──────────────────────────────────────────────── 4.00 ms ──',
      '               |0         |1 ms      |2 ms      |3 ms',
      'marks                                ▼\\u{1b}[31m日本',
      'main                                                         not watched',
      '  \\u{1b}[2Jgo… ············································· waited 0 ns',
      '  日本語の名前 ············································· waited 0 ns',
      '  éé           ············································· waited 0 ns',
      '  👍\\u{1f3fd}… ············································· waited 0 ns',
      '  \\u{202e}evil ············································· waited 0 ns',
      '  xxxxxxxxxxx… ············································· waited 0 ns',
    ]);
    expect(drawn([picture], { width: 72, ascii: true }).join('')).toMatch(/^[ -~]*$/);
  });

  test('differ in nothing but colours when they are coloured', () => {
    const colours = /\u001b\[\d+m/g;
    const coloured = lanesOf([asTasks, asThreads], { colour: true });
    expect(coloured).toMatch(colours);
    expect(coloured.replace(colours, '')).toBe(lanesOf([asTasks, asThreads]));
  });

  test.each([50, 80, 120, 200])('have no line wider than %i columns', (width) => {
    const lines = drawn([asTasks, asThreads], { width });
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });
});

test('lanes are drawn of whatever was recorded, in ASCII and within their columns', () => {
  fc.assert(
    fc.property(fc.array(anyRun, { minLength: 1, maxLength: 2 }), fc.constantFrom(50, 80), (runs, width) => {
      const lines = drawn(runs.map(pictureOf), { width, ascii: true });
      expect(lines.filter((line) => line.length > width || !/^[ -~]*$/.test(line))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

function drawn(...[pictures, options]: Parameters<typeof lanesOf>): string[] {
  return lanesOf(pictures, options).split('\n');
}
