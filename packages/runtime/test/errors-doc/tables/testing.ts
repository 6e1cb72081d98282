import { promised, sleep, spawn, task } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import {
  type ExploredProgram,
  expectTrace,
  explore,
  ManualHost,
  ScheduleError,
  step,
  type TraceExpectation,
} from '@heddle/runtime/testing';
import type { TraceRun } from '@heddle/runtime/trace';
import { type Provocations, panicOf, wrong } from '../provocations.js';

export const testing: Provocations = {
  'ManualHost.turn: called in the poll of a task; turn the event loop from outside of tasks': [
    () => panicOf(spawn(() => new ManualHost().turn())),
    () => panicOf(spawn(() => new ManualHost().settle())),
  ],
  'expectTrace: expected a recording or a run of one, got ‹value›': [
    () => expectTrace(wrong(undefined)),
    () => expectTrace(wrong({ runs: 1 })),
  ],
  'expectTrace: expected ‹what›, but ‹what was seen, and the lanes›': [
    () => recorded().task('b'),
    () => recorded().thread('b'),
    () => recorded().tasks('a').overlap(),
    () => recorded().noTaskAliveAfter('end'),
  ],
  'expectTrace: expected ‹what›, which the recording does not say: ‹why, and the lanes›': [
    () => recorded().thread('main').asleepAtLeast(0.5),
    () =>
      recorded({ lost: { events: 1, threads: 0, kernel: 0 } })
        .task('a')
        .polledTimes(0),
  ],
  'expectTrace: the recording has ‹n› runs; give it the one that is meant, trace.runs[0]': () =>
    expectTrace({ program: 'p', node: 'v20', platform: 'linux', kernel: '6', runs: [] }),
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
  "order: expected a step such as 'spawn:name' (‹words›), got ‹value›": [
    () => recorded().order(wrong('ended:a')),
    () => recorded().order(wrong(undefined)),
    () => recorded().order(wrong('poll')),
  ],
  "order: expected steps such as 'spawn:name', got none": () => recorded().order(),
  'step.poll: ‹operation› has ended and is not polled again.': () => {
    const given = step(new Semaphore(1).acquire());
    given.poll();
    given.poll();
  },
  'step.pollReady: ‹operation› has no value yet.': () => step(new Semaphore(0).acquire()).pollReady(),
  'tasks: expected the names of tasks, got none': () => recorded().tasks(),
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
  '‹caller›: expected a name, got ‹value›': [
    () => recorded().task(wrong(1)),
    () => recorded().tasks(wrong(undefined)),
    () => recorded().thread(wrong(1)),
    () => recorded().noTaskAliveAfter(wrong(null)),
  ],
  '‹caller›: share must be a number from 0 to 1, got ‹value›': [
    () => recorded().thread('main').asleepAtLeast(80),
    () => recorded().thread('main').asleepAtLeast(wrong('80 %')),
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

/** What can be expected of a run in which one task was spawned. */
function recorded(more: Partial<TraceRun> = {}): TraceExpectation {
  return expectTrace({
    label: 'one',
    pid: 1,
    level: 'process',
    cpus: 1,
    endNs: 1,
    lost: { events: 0, threads: 0, kernel: 0 },
    events: [
      { k: 'thread', t: 0, thread: 0, name: 'main' },
      { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'a' },
    ],
    ...more,
  });
}
