import type { Picture, TaskLane } from '@heddle/runtime/trace';
import { describe, expect, it } from 'vitest';
import type { Run, Under } from '../../src/lab/program.js';
import { hogSentence, program } from '../../src/lab/programs/hog.js';
import { counted, picture, task, thread } from './hand-made-picture.js';

const PREEMPTED = { why: 'preempted', by: 'other' };

/** Ticker and hog on one thread: the ticker is ready while the hog is polled. */
function together(label: Under, hogMs: number): Picture {
  return picture(
    label,
    [
      task('ticker', 0, [
        ['ready', 0, hogMs],
        ['polled', hogMs, hogMs + 1],
      ]),
      task('hog', 0, [['polled', 0, hogMs]]),
    ],
    [thread(0, [['running', 0, hogMs + 1]])],
  );
}

/** Each on its own: the hog's thread is interrupted so often, the ticker's waits so long for a CPU. */
function apart(label: Under, times: number, waitMs: number): Picture {
  const hog: Parameters<typeof thread>[1] = Array.from({ length: times }, (_, n) => [
    'running' as const,
    n,
    n + 0.5,
    PREEMPTED,
  ]);
  return picture(
    label,
    [
      task('ticker', 1, [
        ['waiting', 0, 10],
        ['ready', 10 + waitMs, 10.1 + waitMs],
        ['polled', 10.1 + waitMs, 11 + waitMs],
      ]),
      task('hog', 2, [['polled', 0, 200]]),
    ],
    [
      thread(1, [
        ['asleep', 0, 10],
        ['runnable', 10, 10 + waitMs],
        ['running', 10 + waitMs, 11 + waitMs],
      ]),
      thread(2, [...hog, ['running', times, 200]]),
    ],
  );
}

const run = (label: Under, place: number, seen: Picture): Run => ({ label, place, picture: seen });
const both = (tasks: Picture, threads: Picture) =>
  [run('tasks', 0, tasks), run('threads', 1, threads)] as const;

describe('what the lab says of the hog', () => {
  it('says that nobody interrupts it in user space, and how often the kernel did', () => {
    expect(hogSentence(...both(together('tasks', 203), apart('threads', 31, 0.4)))).toBe(
      'Nobody in user space can interrupt the hog, and the kernel took the CPU from it 31 times: the ticker waited up to 203 ms under tasks and up to 400 µs under threads.',
    );
  });

  it('says the opposite of the opposite numbers', () => {
    expect(hogSentence(...both(together('tasks', 0.4), apart('threads', 1, 203)))).toBe(
      'The hog did not hold up the ticker more as a task than as a thread, where the kernel took the CPU from it once: the ticker waited up to 400 µs under tasks and up to 203 ms under threads.',
    );
  });

  it('says that it made little difference when it made little', () => {
    expect(hogSentence(...both(together('tasks', 3), apart('threads', 0, 2)))).toMatch(
      /^It made little difference to the ticker who schedules the hog; the kernel never took the CPU from it: /,
    );
  });

  it.each([
    [undefined, 'how often the kernel interrupted it was not counted'],
    [31, 'the kernel took the CPU from it 31 times'],
  ])('compares no waits where nobody saw when a thread had no CPU: %s preemptions', (preemptions, words) => {
    const threads = apart('threads', 31, 0.4);
    const runnableMs = preemptions === undefined ? undefined : 4;
    const blind = threads.threads.map((lane) => ({ ...counted(lane.thread ?? 0, runnableMs), preemptions }));
    expect(hogSentence(...both(together('tasks', 203), { ...threads, threads: blind }))).toBe(
      `Nobody in user space can interrupt the hog, and ${words}. How long the ticker waited at worst is not compared: nobody saw when its thread had no CPU.`,
    );
  });

  it('names who kept the ticker waiting', () => {
    const [tasks, threads] = both(together('tasks', 203), apart('threads', 31, 0.4));
    expect(program.lesson({ tasks, threads }).why.slice(0, 2)).toEqual([
      'Under tasks, ticker waited 203 ms at worst: its thread polled hog for 203 ms of that.',
      'Under threads, ticker waited 400 µs at worst: its thread wanted a CPU and had none.',
    ]);
  });

  it('asks how late the ticker comes, and takes the answer from the picture', () => {
    const right = (hogMs: number) =>
      program
        .lesson({ tasks: run('tasks', 0, together('tasks', hogMs)) })
        .questions.map(({ kind, ...rest }) => [kind, 'right' in rest && rest.right]);
    expect(right(203)).toEqual([['choice', 2]]);
    const lane = (state: TaskLane['slices'][number]['state'], ms: number): TaskLane =>
      task('ticker', 0, [
        [state, 0, ms],
        ['polled', ms, ms + 1],
      ]);
    const polite = (ms: number): Picture =>
      picture(
        'tasks',
        [lane('ready', ms), task('hog', 0, [['polled', 0, 200]])],
        [thread(0, [['running', 0, 201]])],
      );
    const choice = (ms: number) => program.lesson({ tasks: run('tasks', 0, polite(ms)) }).questions[0];
    expect(choice(8)).toMatchObject({ right: 1 });
    expect(choice(0.1)).toMatchObject({ right: 0 });
  });
});
