import { describe, expect, test } from 'vitest';
import { JobState, NEVER_RUNS, OVER, RUNS } from '../../../src/wire/job-state.js';

/** What the two sides of a thread do to its state: each side in its own order, the two in any order at all. */
type Side = (state: JobState, seen: Seen) => void;

interface Seen {
  ran: boolean;
  answered: boolean;
  terminated: boolean;
  stopped: number | undefined;
}

const thread: readonly Side[] = [
  (state, seen) => {
    seen.ran = state.start();
  },
  (state, seen) => {
    // A thread whose function could not be loaded finishes without having started.
    seen.answered = state.finish();
  },
];
const spawner: readonly Side[] = [
  (state, seen) => {
    seen.stopped = state.stop();
    if (seen.stopped === NEVER_RUNS) seen.terminated = true;
  },
  (state, seen) => {
    if (seen.stopped === RUNS && state.kill()) seen.terminated = true;
  },
];

describe('whichever way the two sides of a thread meet', () => {
  const histories = [
    ...interleavings(thread, spawner),
    ...interleavings(thread.slice(1), spawner),
    ...interleavings(thread, []),
    ...interleavings([], spawner),
    ...interleavings(thread.slice(0, 1), spawner),
  ];
  const outcomes = histories.map((history) => {
    const state = new JobState();
    // The thread has a view of its own.
    const view = new JobState(state.buffer);
    const seen: Seen = { ran: false, answered: false, terminated: false, stopped: undefined };
    for (const step of history) step(thread.includes(step) ? view : state, seen);
    return { ...seen, flag: view.isStopped() };
  });

  test('there are enough of them to mean something', () => {
    expect(outcomes.length).toBe(6 + 3 + 1 + 1 + 3);
  });

  test('a thread is never terminated once it has answered, and never answers once it is terminated', () => {
    expect(outcomes.filter(({ answered, terminated }) => answered && terminated)).toEqual([]);
  });

  test('a job that was aborted before it began never begins', () => {
    expect(outcomes.filter(({ stopped, ran }) => stopped === NEVER_RUNS && ran)).toEqual([]);
  });

  test('an abort that comes after the answer changes nothing', () => {
    for (const { stopped, answered, terminated } of outcomes) {
      if (stopped === OVER) expect([answered, terminated]).toEqual([true, false]);
    }
  });

  test('the flag is up once the abort was asked for, for both to see', () => {
    for (const { stopped, flag } of outcomes) expect(flag).toBe(stopped !== undefined);
  });
});

/** Every order of two lists in which each keeps its own. */
function interleavings<T>(left: readonly T[], right: readonly T[]): T[][] {
  const [a, ...restLeft] = left;
  const [b, ...restRight] = right;
  if (a === undefined) return [[...right]];
  if (b === undefined) return [[...left]];
  return [
    ...interleavings(restLeft, right).map((rest) => [a, ...rest]),
    ...interleavings(left, restRight).map((rest) => [b, ...rest]),
  ];
}
