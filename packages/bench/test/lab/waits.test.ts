import { describe, expect, it } from 'vitest';
import { decidedSentence } from '../../src/lab/facts/decided-sentence.js';
import { waitSentence } from '../../src/lab/facts/wait-sentence.js';
import { overlaps, waitsOf } from '../../src/lab/facts/waits.js';
import { counted, picture, task, thread } from './hand-made-picture.js';

const MS = 1e6;
const b = task('b', 0, [['polled', 0, 8]]);

describe('for whom a task waited', () => {
  it('was our scheduler, while its thread polled others on a CPU', () => {
    const a = task('a', 0, [
      ['ready', 0, 8],
      ['polled', 8, 9],
    ]);
    const seen = picture('tasks', [a, b], [thread(0, [['running', 0, 9]])]);
    expect(waitsOf(seen, a)).toEqual({
      forPollNs: 8 * MS,
      forCpuNs: 0,
      cpu: 'watched',
      worst: { fromNs: 0, toNs: 8 * MS, who: 'executor' },
    });
    expect(waitSentence('tasks', seen, a)).toBe(
      'Under tasks, a waited 8.00 ms at worst: its thread polled b for 8.00 ms of that.',
    );
  });

  it('was the kernel, while its thread had no CPU, though it was ready', () => {
    const a = task('a', 0, [
      ['ready', 0, 8],
      ['polled', 8, 9],
    ]);
    const seen = picture(
      'tasks',
      [a, b],
      [
        thread(0, [
          ['running', 0, 2],
          ['runnable', 2, 7],
          ['running', 7, 9],
        ]),
      ],
    );
    expect(waitsOf(seen, a)).toMatchObject({ forPollNs: 3 * MS, forCpuNs: 5 * MS, worst: { who: 'kernel' } });
  });

  it('was the kernel, when the thread that it has for itself was woken and had no CPU yet', () => {
    const a = task('a', 1, [
      ['waiting', 0, 6],
      ['ready', 6, 6.5],
      ['polled', 6.5, 9],
    ]);
    const seen = picture(
      'threads',
      [a, b],
      [
        thread(1, [
          ['asleep', 0, 2],
          ['runnable', 2, 6],
          ['running', 6, 9],
        ]),
      ],
    );
    expect(waitsOf(seen, a)).toMatchObject({
      forPollNs: 0.5 * MS,
      forCpuNs: 4 * MS,
      worst: { fromNs: 2 * MS, toNs: 6 * MS, who: 'kernel' },
    });
  });

  it('is not known of the kernel where nobody watched it', () => {
    const a = task('a', 0, [
      ['ready', -5, 8],
      ['polled', 8, 9],
    ]);
    const seen = picture('tasks', [a, b], []);
    expect(waitsOf(seen, a)).toMatchObject({ forPollNs: 8 * MS, forCpuNs: undefined, cpu: 'unseen' });
  });

  it('is a sum alone where the kernel was counted: at worst, nobody knows', () => {
    const a = task('a', 1, [
      ['waiting', 0, 6],
      ['ready', 6, 6.5],
      ['polled', 6.5, 9],
    ]);
    const seen = picture('threads', [a, b], [counted(1, 4)]);
    expect(waitsOf(seen, a)).toEqual({
      forPollNs: 0.5 * MS,
      forCpuNs: 4 * MS,
      cpu: 'counted',
      worst: undefined,
    });
    expect(waitSentence('threads', seen, a)).toBe(
      'Under threads, the thread of a wanted a CPU for 4.00 ms in all, as counted: when, nobody saw.',
    );
  });

  it('is not known at all where a thread was not seen', () => {
    const a = task('a', 1, [
      ['ready', 6, 6.5],
      ['polled', 6.5, 9],
    ]);
    expect(waitSentence('threads', picture('threads', [a, b], [counted(1, undefined)]), a)).toBe(
      'Under threads, the thread of a was not seen: nobody knows how long it wanted a CPU.',
    );
  });

  it('says how long it was ready, and no more, where it shared a thread that was counted', () => {
    const a = task('a', 0, [
      ['ready', 0, 8],
      ['polled', 8, 9],
    ]);
    expect(waitSentence('tasks', picture('tasks', [a, b], [counted(0, 2)]), a)).toBe(
      'Under tasks, a was ready for 8.00 ms at worst: its thread polled b for 8.00 ms of that. Its thread wanted a CPU for 2.00 ms in all, as counted: when, nobody saw.',
    );
  });

  it('was nobody, when it never was ready', () => {
    const a = task('a', 1, [['polled', 0, 9]]);
    const seen = picture('threads', [a], [thread(1, [['running', 0, 9]])]);
    expect(waitsOf(seen, a).worst).toBeUndefined();
    expect(waitSentence('threads', seen, a)).toBe('Under threads, nothing was seen to keep a waiting.');
  });

  it('was a pool without a thread for it, when nothing polled before it', () => {
    const a = task('a', 3, [['ready', 0, 8]]);
    expect(waitSentence('pool', picture('pool', [a], []), a)).toBe(
      'Under pool, a was ready for 8.00 ms at worst: no thread was free for it.',
    );
  });
});

describe('overlaps', () => {
  it('are what two lists have in common', () => {
    const of = (...pairs: [number, number][]) => pairs.map(([fromNs, toNs]) => ({ fromNs, toNs }));
    expect(overlaps(of([0, 5], [6, 9]), of([1, 2], [4, 7], [8, 20]))).toEqual(
      of([1, 2], [4, 5], [6, 7], [8, 9]),
    );
    expect(overlaps(of([0, 5]), of([5, 6]))).toEqual([]);
  });
});

describe('who decided', () => {
  it('is told by what was counted after the barrier', () => {
    const seen = picture(
      'threads',
      [
        task('a', 1, [
          ['polled', -5, -4],
          ['polled', -1, 1],
          ['ready', 1, 2],
          ['polled', 2, 3],
        ]),
      ],
      [
        thread(1, [
          ['running', -5, 1, { why: 'preempted' }],
          ['runnable', 1, 2],
          ['running', 2, 3, { why: 'asleep' }],
        ]),
      ],
    );
    expect(decidedSentence(seen)).toBe(
      'threads: heddle decided 2 times whom to poll; the kernel gave a CPU once, took one away once and moved no thread.',
    );
  });

  it('says in plain words that nothing was polled', () => {
    const seen = picture('pool', [task('a', 0, [['ready', 0, 1]])], []);
    expect(decidedSentence(seen)).toBe('pool: heddle polled no task; the kernel was not seen.');
  });

  it('says so when the kernel was not seen', () => {
    const seen = picture('tasks', [task('a', 0, [['polled', 0, 1]])], []);
    expect(decidedSentence(seen)).toBe('tasks: heddle decided once whom to poll; the kernel was not seen.');
  });
});
