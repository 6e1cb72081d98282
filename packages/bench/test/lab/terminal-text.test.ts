import { pictureOf, type TraceRun, traceOf } from '@heddle/runtime/trace';
import { expect, it } from 'vitest';
import { missingSentences } from '../../src/lab/facts/missing-sentences.js';
import { terminalText } from '../../src/lab/terminal-text.js';

it('keeps what a file says from acting on a terminal, in a label and in a reason', () => {
  const run = counted('\u001b[2Jevil\u202e', 'no\nHeddle: all is well\u009b31m');
  const text = terminalText(traceOf('other', [run]), [pictureOf(run)], undefined, {
    width: 80,
    colour: false,
  });
  expect(text).not.toMatch(/(?![ \n])[\p{C}\p{Z}]/u);
  expect(text).not.toMatch(/^Heddle/m);
  expect(text.slice(text.indexOf('\n\\u')).replaceAll('\n', ' ').trim()).toBe(
    '\\u{1b}[2Jevil\\u{202e}: heddle polled no task; the kernel was not seen. ' +
      '\\u{1b}[2Jevil\\u{202e}: the kernel was counted, not watched: how much each thread ran and waited, never when ' +
      '(no\\nHeddle: all is well\\u{9b}31m).',
  );
});

it('says once what is true of several runs', () => {
  const lost = { events: 3, threads: 0, kernel: 0 };
  const [tasks, threads, pool] = [
    counted('tasks', 'no tracefs'),
    counted('threads', 'no tracefs'),
    counted('pool', 'asked for'),
  ] as const;
  expect(missingSentences([tasks, { ...threads, lost }, pool])).toEqual([
    'tasks and threads: the kernel was counted, not watched: how much each thread ran and waited, never when (no tracefs).',
    'pool: the kernel was counted, not watched: how much each thread ran and waited, never when (asked for).',
    'threads: 3 events were written over before they were read.',
  ]);
});

function counted(label: string, levelBecause: string): TraceRun {
  return {
    label,
    pid: 1,
    cpus: 2,
    level: 'counted',
    levelBecause,
    endNs: 4e6,
    events: [],
    lost: { events: 0, threads: 0, kernel: 0 },
  };
}
