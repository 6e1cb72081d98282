import type { Suspension } from '@heddle/runtime';
import { explore, ScheduleError } from '@heddle/runtime/testing';
import type { Print } from './program.js';

/** A program with a fault, and the same without it. */
export interface Pair {
  readonly broken: () => Generator<Suspension, void, unknown>;
  readonly mended: () => Generator<Suspension, void, unknown>;
}

/** Runs the broken one as a test would, looks for its fault, replays that, and looks for one in the mended. */
export function* showExploration(print: Print, { broken, mended }: Pair, schedules: number) {
  yield* broken();
  print('run once: no fault to be seen');
  print('');

  const failure = failureOf(broken);
  for (const line of failure.message.trimEnd().split('\n')) print(line);
  print('');
  print(`replayed a hundred times: ${identicalReplays(broken, failure)} are the same`);

  explore(mended, { seeds: schedules });
  print(`mended: no fault in ${schedules} schedules`);
}

function failureOf(program: Pair['broken']): ScheduleError {
  try {
    explore(program, { seeds: 1_000 });
  } catch (failure) {
    if (failure instanceof ScheduleError) return failure;
    throw failure;
  }
  throw new Error('a thousand schedules did not show the fault');
}

function identicalReplays(program: Pair['broken'], { seed, transcript }: ScheduleError): number {
  const replays = Array.from({ length: 100 }, () => explore.replay(program, seed));
  return replays.filter((replay) => replay.failure?.transcript === transcript).length;
}
