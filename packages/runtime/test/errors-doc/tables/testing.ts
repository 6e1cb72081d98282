import { promised, sleep, spawn, task } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { type ExploredProgram, explore, ManualHost, ScheduleError, step } from '@heddle/runtime/testing';
import { type Provocations, panicOf, wrong } from '../provocations.js';

export const testing: Provocations = {
  'ManualHost.turn: called in the poll of a task; turn the event loop from outside of tasks': [
    () => panicOf(spawn(() => new ManualHost().turn())),
    () => panicOf(spawn(() => new ManualHost().settle())),
  ],
  'explore: with seed ‹seed› the program failed (‹why›), and when it was run again it did not. It depends on something besides its schedule: the time of day, Math.random, or a variable outside the program.':
    () => {
      let runs = 0;
      return explore(function* () {
        runs += 1;
        if (runs === 1) throw new Error('the first');
      });
    },
  'explore: ‹task› is async, so JavaScript orders its steps and no seed can. Make it a generator function: function* and yield*.':
    [
      () =>
        explore(function* () {
          yield* task.builder({ name: 'fetch' }).spawn(async () => 1);
        }),
      () =>
        explore(function* () {
          return Promise.resolve();
        }),
    ],
  'explore: ‹task› waits for a promise, which settles when JavaScript says so and not when a seed does. Use a channel or a sleep in its place.':
    () =>
      explore(function* () {
        yield* promised(Promise.resolve());
      }),
  'step.poll: ‹operation› has ended and is not polled again.': () => {
    const given = step(new Semaphore(1).acquire());
    given.poll();
    given.poll();
  },
  'step.pollReady: ‹operation› has no value yet.': () => step(new Semaphore(0).acquire()).pollReady(),
  'with seed ‹seed›, 1 task waits, and nothing is left that could wake it:': () =>
    firstLineOf(function* () {
      yield* new Semaphore(0).acquire();
    }),
  'with seed ‹seed›, ‹n› tasks wait, and nothing is left that could wake them:': () =>
    firstLineOf(function* () {
      yield* spawn(function* () {
        yield* new Semaphore(0).acquire();
      });
    }),
  'with seed ‹seed›, ‹task› ‹what it died of›': () =>
    firstLineOf(function* () {
      throw new Error('boom');
    }),
  'with seed ‹seed›, the program has not ended after ‹n› polls': () =>
    firstLineOf(function* () {
      for (;;) yield* sleep(1);
    }),
  '‹caller›: expected a generator function, got ‹value›': [
    () => explore(wrong(() => 1)),
    () => explore.replay(wrong(undefined), 1),
  ],
};

/** What `explore` throws, without the transcript. */
function firstLineOf(program: ExploredProgram): unknown {
  try {
    return explore(program, { maxPolls: 100 });
  } catch (failure) {
    if (failure instanceof ScheduleError) failure.message = failure.message.replace(/\n.*/s, '');
    return failure;
  }
}
