import { join, yieldNow } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';

/** What tokio promises of `join!` in its own tests, row by row. Over each test stands its source. */
const forms = [
  ['join', join],
  ['join.biased', join.biased],
] as const;

// macros_join.rs: sync_one_lit_expr_comma, sync_one_lit_expr_no_comma, sync_two_lit_expr_comma, sync_two_lit_expr_no_comma
test.each(forms)(
  'join/1 %s of one or two ready branches gives them in their order',
  async (_name, joined) => {
    expect(await joined(() => 1)).toEqual([1]);
    expect(await joined(async () => 1, Promise.resolve(2))).toEqual([1, 2]);
  },
);

// macros_join.rs: join_does_not_allow_tasks_to_starve
test('join/2 a branch that never waits does not keep another from its turns', async () => {
  const { host, spawn } = byHand();
  const permits = new Semaphore(1);
  const lines: string[] = [];
  const rounds = function* (name: string, each: number) {
    for (let round = 0; round < 5; round += 1) {
      for (let turn = 0; turn < each; turn += 1) (yield* permits.acquire()).release();
      lines.push(name);
    }
    return name;
  };
  const handle = spawn(function* () {
    return yield* join(rounds('greedy', 128), rounds('modest', 1));
  });
  await host.settle();
  expect(await outcomeOf(handle)).toBe('greedy,modest');
  expect(lines.lastIndexOf('modest')).toBeLessThan(lines.lastIndexOf('greedy'));
});

// macros_join.rs: a_different_future_is_polled_first_every_time_poll_fn_is_polled
test('join/3 each poll begins with the next branch', () => {
  expect(pollOrder(join)).toEqual(['123', '231', '312', '123']);
});

// macros_join.rs: futures_are_polled_in_order_in_biased_mode
test('join/4 each poll of a biased join begins with the first branch', () => {
  expect(pollOrder(join.biased)).toEqual(['123', '123', '123', '123']);
});

// macros_join.rs: empty_join
test.each(forms)('join/5 %s of nothing gives an empty array', async (_name, joined) => {
  expect(await joined()).toEqual([]);
});

// macros_join.rs: join_into_future
test('join/6 a branch may be whatever has a then', async () => {
  const thenable: PromiseLike<string> = {
    then: (onValue) => Promise.resolve('a thenable').then(onValue),
  };
  expect(await join(thenable, () => 'a function')).toEqual(['a thenable', 'a function']);
});

/** The order in which three branches of a join are polled, poll by poll. */
function pollOrder(joined: typeof join | typeof join.biased): string[] {
  const { host, spawn } = byHand();
  const polls: string[] = [''];
  const branch = function* (name: number) {
    for (let poll = 0; poll < 4; poll += 1) {
      const last = polls.at(-1) as string;
      if (last.length === 3) polls.push(`${name}`);
      else polls[polls.length - 1] = `${last}${name}`;
      if (poll < 3) yield* yieldNow();
    }
  };
  spawn(function* () {
    yield* joined(branch(1), branch(2), branch(3));
  });
  host.runUntilIdle();
  return polls;
}
