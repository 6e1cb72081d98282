import {
  join,
  promised,
  scope,
  select,
  shielded,
  sleep,
  spawn,
  timeout,
  tryJoin,
  when,
  yieldNow,
} from '@heddle/runtime';
import { iterated, type Provocations, panicOf, wrong } from '../provocations.js';

export const operations: Provocations = {
  '‹call› was iterated; write `await ‹call›`, or `yield* ‹call›` in a generator task.': [
    () => iterated(sleep(1)),
    () => iterated(yieldNow()),
    () => iterated(promised(Promise.resolve())),
    () => iterated(scope(() => 1)),
    () => iterated(spawn(() => 1)),
  ],
  '‹operation› was used twice. An operation is used once: call the function again for another.': async () => {
    const rest = sleep(0);
    await rest;
    await rest;
  },
  'a task yielded ‹value›, which is not an operation of heddle: use `yield*`, as in `yield* sleep(10)`; for a promise, `yield* promised(promise)`.':
    [
      () =>
        panicOf(
          spawn(
            wrong(function* () {
              yield sleep(10);
            }),
          ),
        ),
      () =>
        panicOf(
          spawn(
            wrong(function* () {
              yield Promise.resolve();
            }),
          ),
        ),
    ],
  '‹caller›: got an array. To wait for all of its branches, write ‹function›(...branches).': [
    () => join(wrong([sleep(1)])),
    () => tryJoin(wrong([sleep(1)])),
    () => join.biased(wrong([sleep(1)])),
    () => tryJoin.biased(wrong([sleep(1)])),
    () => select({ all: wrong([sleep(1)]) }),
    () => timeout(1, wrong([sleep(1)])),
  ],
  '‹caller›: expected an operation, a handle, a promise, a generator or a function, got ‹value›': [
    () => join(wrong(1)),
    () => tryJoin(wrong(1)),
    () => select({ page: wrong('page') }),
    () => timeout(1, wrong(undefined)),
  ],
  'deadline has elapsed': () => timeout(0, sleep(60_000)),
  'promised: expected a promise, got ‹value›': () => promised(wrong(1)),
  'select: all branches are disabled and there is no else branch.': [
    () => select({ never: when(false, () => sleep(1)) }),
    () => select({}),
    async () =>
      await select({
        odd: when(
          true,
          () => () => 2,
          (n) => n % 2 === 1,
        ),
      }),
  ],
  'select: biased must be true or false, got ‹value›': () => select({ rest: sleep(1) }, wrong({ biased: 1 })),
  'select: else must be a function, got ‹value›': () => select({ rest: sleep(1) }, wrong({ else: 1 })),
  'select: expected an object of branches, got ‹value›': () => select(wrong([sleep(1)])),
  'shielded: expected a function, got ‹value›': () => shielded(wrong(Promise.resolve())),
  'when: the condition on the value must be a function, got ‹value›': () =>
    when(true, () => sleep(9), wrong('rested')),
  'when: the precondition must be true or false, got ‹value›': () => when(wrong('no'), () => sleep(9)),
  'when: expected a function that gives the branch, as in when(ready, () => sleep(9)), got ‹value›': () =>
    when(true, wrong(sleep(9))),
};
