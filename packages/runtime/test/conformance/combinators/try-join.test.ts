import { Err, Ok, tryJoin, yieldNow } from '@heddle/runtime';
import { oneshot, Semaphore } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';

/** What tokio promises of `try_join!` in its own tests, row by row. Over each test stands its source. */

// macros_try_join.rs: two_await
test('try-join/1 it waits for both, and gives them in the order of its arguments', () => {
  const [first, fromFirst] = oneshot<string>();
  const [second, fromSecond] = oneshot<number>();
  const both = step(tryJoin(fromFirst.recv(), fromSecond.recv()));
  expect([both.poll(), both.isWoken()]).toEqual([PENDING, false]);
  second.send(123);
  expect([both.isWoken(), both.poll()]).toEqual([true, PENDING]);
  first.send('hello');
  expect(both.isWoken()).toBe(true);
  expect(both.pollReady()).toEqual(Ok(['hello', 123]));
});

// macros_try_join.rs: err_abort_early
test('try-join/2 the first error ends it at once, and what still waits is left', () => {
  const [fails, fromFailing] = oneshot<string>();
  const [ends, fromEnding] = oneshot<number>();
  const lines: string[] = [];
  const failing = function* () {
    return Err(yield* fromFailing.recv());
  };
  const waiting = function* () {
    try {
      yield* oneshot<number>()[1].recv();
    } finally {
      lines.push('left');
    }
  };
  const all = step(tryJoin(failing(), fromEnding.recv(), waiting()));
  expect(all.poll()).toBe(PENDING);
  ends.send(123);
  expect([all.isWoken(), all.poll()]).toEqual([true, PENDING]);
  fails.send('nope');
  expect(all.isWoken()).toBe(true);
  expect([all.pollReady(), lines]).toEqual([Err('nope'), ['left']]);
});

// macros_try_join.rs: try_join_does_not_allow_tasks_to_starve
test('try-join/3 a branch that never waits does not keep another from its turns', async () => {
  const { host, spawn } = byHand();
  const permits = new Semaphore(1);
  const rounds = function* (each: number) {
    let done = 0;
    for (; done < 5; done += 1) {
      for (let turn = 0; turn < each; turn += 1) (yield* permits.acquire()).release();
    }
    return Ok(done);
  };
  const handle = spawn(function* () {
    return (yield* tryJoin(rounds(128), rounds(1))).unwrap();
  });
  await host.settle();
  expect(await outcomeOf(handle)).toBe('5,5');
});

// macros_try_join.rs: a_different_future_is_polled_first_every_time_poll_fn_is_polled
test('try-join/4 each poll begins with the next branch, or with the first when it is biased', () => {
  expect(pollOrder(tryJoin)).toBe('123 231 312 123');
  expect(pollOrder(tryJoin.biased)).toBe('123 123 123 123');
});

// macros_try_join.rs: empty_try_join
test('try-join/5 of nothing it gives an Ok with an empty array', async () => {
  expect(await tryJoin()).toEqual(Ok([]));
  expect(await tryJoin.biased()).toEqual(Ok([]));
});

/** The order in which three branches are polled in four polls. */
function pollOrder(joined: typeof tryJoin | typeof tryJoin.biased): string {
  const { host, spawn } = byHand();
  let polled = '';
  const branch = function* (name: number) {
    for (let poll = 0; poll < 4; poll += 1) {
      polled += name;
      if (poll < 3) yield* yieldNow();
    }
    return Ok(name);
  };
  spawn(function* () {
    yield* joined(branch(1), branch(2), branch(3));
  });
  host.runUntilIdle();
  return polled.replace(/...(?=.)/g, '$& ');
}
