import { expectTrace, TraceAssertionError, type TraceExpectation } from '@heddle/runtime/testing';
import type { TraceRun } from '@heddle/runtime/trace';
import { describe, expect, test } from 'vitest';
import { runOf } from '../../trace/picture/hand-made.js';
import { oneThread, threads } from './recorded.js';

const tasksRun = runOf(oneThread, { endNs: 20e6 });
const threadsRun = runOf(threads, { endNs: 10e6 });

type Assertion = (trace: TraceExpectation) => unknown;

/** The first line of what an assertion fails with, and its kind. */
function failureOf(run: TraceRun, assertion: Assertion): string {
  try {
    assertion(expectTrace(run));
  } catch (failed) {
    if (!(failed instanceof TraceAssertionError)) throw failed;
    expect(failed.message).toContain(failed.lanes);
    return `${failed.kind}: ${failed.message.split('\n')[0]}`;
  }
  return 'it holds';
}

describe('of tasks on one thread', () => {
  test.each<[title: string, assertion: Assertion, says: string]>([
    ['two that were under way at once overlap', (t) => t.tasks('a', 'b').overlap(), 'it holds'],
    [
      'two that came one after the other do not',
      (t) => t.tasks('a', 'late').overlap(),
      'failed: expectTrace: expected task "a" (0:2) and task "late" (0:4) to overlap, but task "a" (0:2) had settled before task "late" (0:4) was first polled',
    ],
    ['and they ran one after another', (t) => t.tasks('a', 'late').runOneAfterAnother(), 'it holds'],
    [
      'as those that overlap did not',
      (t) => t.tasks('a', 'b').runOneAfterAnother(),
      'failed: expectTrace: expected task "a" (0:2) and task "b" (0:3) to run one after another, but task "a" (0:2) and task "b" (0:3) were under way at once',
    ],
    [
      'one task cannot overlap',
      (t) => t.tasks('a').overlap(),
      'failed: expectTrace: expected task "a" (0:2) to overlap, but that takes two',
    ],
    [
      'a task that was not polled',
      (t) => t.tasks('a', 'never').runOneAfterAnother(),
      'failed: expectTrace: expected task "a" (0:2) and task "never" (0:5) to run one after another, but task "never" (0:5) was not polled',
    ],
    [
      'one thread runs nothing in parallel',
      (t) => t.tasks('0:2', '0:3').runInParallel(),
      'failed: expectTrace: expected task "a" (0:2) and task "b" (0:3) to run in parallel, but task "a" (0:2) and task "b" (0:3) were never polled at one moment',
    ],
    [
      'a task that is not there',
      (t) => t.task('c'),
      'failed: expectTrace: expected a task "c", but there are task "parent" (0:1), task "a" (0:2), task "b" (0:3), task "late" (0:4), task "never" (0:5)',
    ],
    ['a panic is a panic', (t) => t.task('a').settledWith('panic'), 'it holds'],
    [
      'and no value',
      (t) => t.tasks('b', 'a').settledWith('value'),
      'failed: expectTrace: expected task "a" (0:2) to settle with value, but it ended with panic',
    ],
    [
      'a task that lives has settled with nothing',
      (t) => t.task('late').settledWith('value'),
      'failed: expectTrace: expected task "late" (0:4) to settle with value, but it has not settled',
    ],
    [
      'what comes first',
      (t) => t.task('a').firstPolledBefore('b').firstPolledBefore('late').polledTimes(2),
      'it holds',
    ],
    [
      'what does not',
      (t) => t.task('b').firstPolledBefore('a'),
      'failed: expectTrace: expected task "b" (0:3) to be first polled before task "a" (0:2), but it was after it',
    ],
    ['what ends first', (t) => t.task('b').settledBefore('a').settledBefore('late'), 'it holds'],
    [
      'what does not end',
      (t) => t.task('late').settledBefore('a'),
      'failed: expectTrace: expected task "late" (0:4) to be settled before task "a" (0:2), but it has not settled',
    ],
    [
      'how often it was polled',
      (t) => t.task('a').polledTimes(3),
      'failed: expectTrace: expected task "a" (0:2) to be polled 3 times, but there were 2 polls',
    ],
    ['a poll counts what it had of a CPU', (t) => t.task('late').neverPolledLongerThan(2), 'it holds'],
    [
      'and no more of that than it had',
      (t) => t.task('late').neverPolledLongerThan(1.5),
      'failed: expectTrace: expected task "late" (0:4) never to be polled for longer than 1.50 ms, but one poll took 2.00 ms of a CPU',
    ],
    ['a task that was ready for a moment', (t) => t.task('b').neverReadyLongerThan(2), 'it holds'],
    [
      'a task that was ready for longer',
      (t) => t.task('b').neverReadyLongerThan(1),
      'failed: expectTrace: expected task "b" (0:3) never to be ready for longer than 1.00 ms, but it was for 2.00 ms',
    ],
    [
      'steps in their order',
      (t) => t.order('spawn:a', 'spawn:b', 'poll:a', 'settle:b', 'poll:a', 'wake:parent', 'mark:joined'),
      'it holds',
    ],
    [
      'steps in another',
      (t) => t.order('spawn:a', 'settle:a', 'settle:b'),
      'failed: expectTrace: expected the order spawn:a, settle:a, settle:b, but it was spawn:a, settle:b, settle:a',
    ],
    [
      'a step that did not happen',
      (t) => t.order('poll:a', 'poll:a', 'poll:a', 'abort:0:3'),
      'failed: expectTrace: expected the order poll:a, poll:a, poll:a, abort:0:3, but poll:a, abort:0:3 did not happen so often',
    ],
    ['whom a task has spawned is gone', (t) => t.noTaskAliveAfter('joined'), 'it holds'],
    [
      'whom a task has spawned is there',
      (t) => t.noTaskAliveAfter('spawned'),
      'failed: expectTrace: expected no task to be alive after mark "spawned", but these are: task "late" (0:4), task "never" (0:5)',
    ],
    [
      'a mark that is not there',
      (t) => t.noTaskAliveAfter('end'),
      'failed: expectTrace: expected a mark "end", but there are "joined", "spawned"',
    ],
  ])('%s', (_, assertion, says) => {
    expect(failureOf(tasksRun, assertion)).toBe(says);
  });

  test('the failure draws those that it is about', () => {
    const failing = (): unknown => expectTrace(tasksRun).tasks('a', 'late').overlap();
    expect(failing).toThrow(TraceAssertionError);
    try {
      failing();
    } catch (failed) {
      const { lanes } = failed as TraceAssertionError;
      expect(lanes).toMatch(/ a .*\n.* late /);
      expect(lanes).not.toMatch(/ parent /);
    }
  });
});

describe('of threads', () => {
  test.each<[title: string, assertion: Assertion, says: string]>([
    ['tasks of one name', (t) => t.tasks('sum').overlap().runInParallel().settledWith('value'), 'it holds'],
    [
      'one of several that have the name',
      (t) => t.task('sum'),
      'failed: expectTrace: expected one task "sum", but there are 2: name one by its key, 0:1, 0:2',
    ],
    ['two threads ran it', (t) => t.threads().ran('sum').distinct(2), 'it holds'],
    [
      'three ran anything',
      (t) => t.threads().distinct(2),
      'failed: expectTrace: expected 2 distinct threads, but there were 3: "first", "second", "third"',
    ],
    [
      'the main thread was asleep, and ran for next to nothing',
      (t) => t.thread('main').asleepAtLeast(0.9).ranAtMost(1),
      'it holds',
    ],
    [
      'a thread that computes is not asleep',
      (t) => t.thread('first').asleepAtLeast(0.1),
      'failed: expectTrace: expected thread "first" to be asleep for 10 % of its life, but it was for 0 %',
    ],
    [
      'how long it ran',
      (t) => t.thread('first').ranAtMost(3.5),
      'failed: expectTrace: expected thread "first" to run for 3.50 ms at most, but it did for 4.00 ms',
    ],
    [
      'how often it was preempted',
      (t) => t.thread('first').preemptedAtLeast(0).preemptedAtLeast(1),
      'failed: expectTrace: expected thread "first" to be preempted 1 times or more, but it was 0 times',
    ],
    [
      'a thread that is not there',
      (t) => t.thread('none'),
      'failed: expectTrace: expected a thread "none", but there are "main", "first", "second", "third"',
    ],
    [
      'what hid behind an await of something else',
      (t) => t.task('after').neverPolledLongerThan(0.5),
      'unseen: expectTrace: expected task "after" (0:3) never to be polled for longer than 500 µs, which the recording does not say: an await of no operation of ours hid where a poll ended, of 1.00 ms at most',
    ],
  ])('%s', (_, assertion, says) => {
    expect(failureOf(threadsRun, assertion)).toBe(says);
  });

  test('what the kernel was not asked is not answered', () => {
    const run = runOf(threads, { level: 'process', levelBecause: 'tracefs is for root' });
    expect(failureOf(run, (t) => t.thread('main').asleepAtLeast(0))).toBe(
      'unseen: expectTrace: expected thread "main" to be asleep for 0 % of its life, which the recording does not say: tracefs is for root',
    );
  });
});

describe('of a recording with holes', () => {
  const holes = { ...tasksRun, lost: { events: 7, threads: 0, kernel: 0 } };

  test('what was seen is seen', () => {
    expect(failureOf(holes, (t) => t.task('a').settledWith('panic'))).toBe('it holds');
    expect(failureOf(holes, (t) => t.tasks('a', 'b').overlap())).toBe('it holds');
  });

  test.each<[title: string, assertion: Assertion]>([
    ['runOneAfterAnother', (t) => t.tasks('a', 'late').runOneAfterAnother()],
    ['neverPolledLongerThan', (t) => t.task('a').neverPolledLongerThan(100)],
    ['neverReadyLongerThan', (t) => t.task('a').neverReadyLongerThan(100)],
    ['order', (t) => t.order('spawn:a', 'spawn:b')],
    ['noTaskAliveAfter', (t) => t.noTaskAliveAfter('joined')],
    ['distinct', (t) => t.threads().distinct(1)],
    ['distinct, of more', (t) => t.threads().distinct(2)],
    ['a task that is not there', (t) => t.task('nosuch')],
    ['a thread that is not there', (t) => t.thread('nosuch')],
    ['order, of such a task', (t) => t.order('spawn:nosuch', 'poll:a')],
    ['a mark that is not there', (t) => t.noTaskAliveAfter('nosuch')],
    ['an end that is not there', (t) => t.task('never').settledWith('value')],
    ['a poll that is not there', (t) => t.tasks('a', 'never').runOneAfterAnother()],
    ['overlap', (t) => t.tasks('a', 'late').overlap()],
    ['runInParallel', (t) => t.tasks('a', 'b').runInParallel()],
    ['a thread that ran it', (t) => t.threads().ran('never')],
  ])('what was not seen is not passed: %s', (_, assertion) => {
    expect(failureOf(holes, assertion)).toMatch(
      /^unseen: .*: 7 events were written over; record with more `events`$/,
    );
    const threadsLost = { ...tasksRun, lost: { events: 0, threads: 2, kernel: 0 } };
    expect(failureOf(threadsLost, assertion)).toMatch(/^unseen: .*: 2 threads were not recorded; /);
  });

  test('a failure says what is missing', () => {
    expect(failureOf(holes, (t) => t.task('a').settledWith('value'))).toMatch(
      /^failed: .* What is missing: 7 events were written over, 0 threads/,
    );
  });
});

test('takes a recording of one run, and names what it was given otherwise', () => {
  const trace = { program: 'p', node: 'v', platform: 'linux', kernel: '6', runs: [tasksRun] };
  expectTrace(trace).task('a');
  expect(() => expectTrace({ ...trace, runs: [tasksRun, threadsRun] })).toThrow(
    'expectTrace: the recording has 2 runs; give it the one that is meant, trace.runs[0]',
  );
  expect(() => expectTrace('trace' as never)).toThrow(TypeError);
});

test('a name from elsewhere moves no cursor', () => {
  const run = runOf([{ k: 'spawn', t: 0, thread: 0, task: '0:1', name: '\u001b[2J\u202e' }]);
  expect(failureOf(run, (t) => t.task('\u001b[31m'))).toBe(
    'failed: expectTrace: expected a task "\\u{1b}[31m", but there are task "\\u{1b}[2J\\u{202e}" (0:1)',
  );
});
