import { type Op, select, when } from '@heddle/runtime';
import { mpsc, oneshot, Semaphore } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of `select!` in its own tests, row by row. Over each test stands its source. */
const never = (): Op<never> => oneshot<never>()[1].recv() as Op<never>;

// macros_select.rs: sync_one_lit_expr_comma, sync_one_lit_expr_no_comma, sync_one_lit_expr_block, sync_one_await, sync_one_ident
test('select/1 one branch that is ready gives its value, also through a select in it', async () => {
  expect(await select({ only: () => 1 })).toEqual({ key: 'only', value: 1 });
  const outer = await select({ outer: select({ inner: async () => 2 }) });
  expect(outer.value.value).toBe(2);
});

// macros_select.rs: sync_two
test('select/2 of two branches that are ready one begins, and its value is given', async () => {
  let began = 0;
  const begin = (value: number) => () => {
    began += 1;
    return value;
  };
  const { value } = await select({ one: begin(1), two: begin(2) });
  expect(began).toBe(1);
  expect([1, 2]).toContain(value);
});

// macros_select.rs: select_streams
test('select/3 a loop over two channels that wants messages alone ends through else when both are closed', async () => {
  const { host, spawn } = byHand();
  const [first, fromFirst] = mpsc.channel<number>(4);
  const [second, fromSecond] = mpsc.channel<number>(4);
  const isMessage = (value: number | undefined): value is number => value !== undefined;
  const handle = spawn(function* () {
    const seen: number[] = [];
    for (;;) {
      const next = yield* select(
        {
          first: when(true, () => fromFirst.recv(), isMessage),
          second: when(true, () => fromSecond.recv(), isMessage),
        },
        { else: () => 'closed' as const },
      );
      if (next.key === 'else') return seen;
      seen.push(next.value);
    }
  });
  await host.settle();
  spawn(function* () {
    yield* first.send(1);
    yield* second.send(2);
    yield* second.send(3);
    first.close();
    second.close();
  });
  await host.settle();
  expect([...(await handle).unwrap()].sort()).toEqual([1, 2, 3]);
});

// macros_select.rs: move_uncompleted_futures
test('select/4 a branch that is by reference is not used up: who lost can be waited for, and gives its value', async () => {
  const { host, spawn } = byHand();
  const [first, fromFirst] = oneshot<string>();
  const [second, fromSecond] = oneshot<string>();
  const handles = [spawn(() => fromFirst.recv()), spawn(() => fromSecond.recv())] as const;
  const selected = step(select({ first: handles[0], second: handles[1] }));
  expect(selected.poll()).toBe(PENDING);
  second.send('two');
  await host.settle();
  expect(selected.pollReady()).toMatchObject({ key: 'second', value: { ok: true, value: 'two' } });
  first.send('one');
  await host.settle();
  expect(await outcomeOf(handles[0])).toBe('one');
});

// macros_select.rs: future_panics_after_poll
test('select/5 a branch whose value does not match is out and not polled again, and the other is waited for', () => {
  const [sender, receiver] = oneshot<number>();
  let polls = 0;
  const wrong = function* () {
    polls += 1;
    return false;
  };
  const selected = step(
    select({
      wrong: when(
        true,
        () => wrong(),
        (value) => value,
      ),
      right: receiver.recv(),
    }),
  );
  for (let poll = 0; poll < 3; poll += 1) expect(selected.poll()).toBe(PENDING);
  sender.send(1);
  expect(selected.isWoken()).toBe(true);
  expect([selected.pollReady(), polls]).toEqual([{ key: 'right', value: 1 }, 1]);
});

// macros_select.rs: join_with_select
test('select/6 a loop over two receivers that it disables one by one collects both', () => {
  const [first, fromFirst] = oneshot<number>();
  const [second, fromSecond] = oneshot<string>();
  const both = function* () {
    const got: { a?: number | undefined; b?: string | undefined } = {};
    while (got.a === undefined || got.b === undefined) {
      const next = yield* select({
        a: when(got.a === undefined, () => fromFirst.recv()),
        b: when(got.b === undefined, () => fromSecond.recv()),
      });
      if (next.key === 'a') got.a = next.value;
      else got.b = next.value;
    }
    return [got.a, got.b];
  };
  const task = step(both());
  expect(task.poll()).toBe(PENDING);
  first.send(123);
  expect([task.isWoken(), task.poll()]).toEqual([true, PENDING]);
  second.send('hello');
  expect([task.isWoken(), task.pollReady()]).toEqual([true, [123, 'hello']]);
});

// macros_select.rs: use_future_in_if_condition, use_future_in_if_condition_biased. tokio makes the branch all the same.
test('select/7 a branch that is switched off does not take part, biased or not', async ({ task }) => {
  deviates(task, 'disabledIsNotBuilt');
  const branches = () => ({
    off: when(false, (): (() => string) => {
      throw new Error('it is not made');
    }),
    on: () => 'on',
  });
  for (const biased of [false, true]) {
    expect(await select(branches(), { biased })).toEqual({ key: 'on', value: 'on' });
  }
});

// macros_select.rs: biased_one_not_ready
test('select/8 biased, it passes over the first branch, which waits, and gives the second', async () => {
  const branches = { first: never(), second: () => 2, third: () => 3 };
  expect(await select(branches, { biased: true })).toEqual({ key: 'second', value: 2 });
});

// macros_select.rs: biased_eventually_ready
test('select/9 biased in a loop, it gives what is ready in the order of the branches, and else at the end', async () => {
  const { host, spawn } = byHand();
  const [sender, receiver] = oneshot<string>();
  const handle = spawn(function* () {
    const seen: string[] = [];
    const is = (key: string) => !seen.includes(key);
    for (;;) {
      const next = yield* select(
        {
          a: when(is('a'), () => receiver.recv()),
          b: when(is('b'), () => () => 'b'),
          c: when(is('c'), () => () => 'c'),
        },
        { biased: true, else: () => 'else' },
      );
      seen.push(next.key);
      if (next.key === 'else') return seen.join(' ');
      if (next.key === 'c') sender.send('at last');
    }
  });
  await host.settle();
  expect(await outcomeOf(handle)).toBe('b c a else');
});

// macros_select.rs: select_into_future
test('select/10 a branch may be whatever has a then', async () => {
  const thenable: PromiseLike<string> = {
    then: (onValue) => Promise.resolve('a thenable').then(onValue),
  };
  expect(await select({ thenable })).toEqual({ key: 'thenable', value: 'a thenable' });
});

// macros_select.rs: select_is_budget_aware
test('select/11 in one poll 128 selects have their value, and the next one waits for another poll', () => {
  const { host, spawn } = byHand({ eventInterval: 1 });
  const permits = new Semaphore(1);
  let selects = 0;
  spawn(function* () {
    for (; selects < 129; selects += 1) {
      const { key, value } = yield* select({ first: permits.acquire(), second: () => 2 }, { biased: true });
      if (key === 'first') value.release();
    }
  });
  host.turn();
  expect(selects).toBe(128);
  host.turn();
  expect(selects).toBe(129);
});
