import { yieldNow } from '@heddle/runtime';
import { OnceCell } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';

/** What tokio promises of its OnceCell in its own tests, row by row. Over each test stands its source. */

// sync_once_cell.rs: from, set_and_get, get_uninit, set_twice
test('oncecell-setonce/1 is empty before it is set, and is set once', () => {
  expect(new OnceCell(2).get()).toBe(2);
  const cell = new OnceCell<number>();
  expect([cell.get(), cell.initialized()]).toEqual([undefined, false]);
  expect(cell.set(5).ok).toBe(true);
  expect([cell.get(), cell.initialized()]).toEqual([5, true]);
  expect(cell.set(6)).toMatchObject({ ok: false, error: 'already initialized' });
  expect(cell.get()).toBe(5);
});

// sync_once_cell.rs: get_or_init
test('oncecell-setonce/2 of two who need the value at once one makes it, and both have the same', async () => {
  const { host, spawn } = byHand();
  const cell = new OnceCell<number>();
  let calls = 0;
  const made = (value: number) =>
    function* () {
      calls += 1;
      yield* yieldNow();
      return value;
    };
  const both = [5, 6].map((value) => spawn(() => cell.getOrInit(made(value))));
  await host.settle();
  expect(await Promise.all(both.map(outcomeOf))).toEqual(['5', '5']);
  expect([calls, cell.get()]).toEqual([1, 5]);
});

// sync_once_cell.rs: get_or_init_panic
test('oncecell-setonce/3 who comes second never calls a function that would throw, once the first has made the value', async () => {
  const { host, spawn } = byHand();
  const cell = new OnceCell<number>();
  const first = spawn(() =>
    cell.getOrInit(function* () {
      yield* yieldNow();
      return 1;
    }),
  );
  const second = spawn(() =>
    cell.getOrInit(() => {
      throw new Error('never called');
    }),
  );
  await host.settle();
  expect([await outcomeOf(first), await outcomeOf(second)]).toEqual(['1', '1']);
});

// sync_once_cell.rs: set_while_initializing
test('oncecell-setonce/4 set fails while the value is being made', async () => {
  const { host, spawn } = byHand();
  const cell = new OnceCell<number>();
  let set: unknown;
  const making = spawn(() =>
    cell.getOrInit(function* () {
      set = cell.set(6);
      yield* yieldNow();
      return 5;
    }),
  );
  await host.settle();
  expect(set).toMatchObject({ ok: false, error: 'initializing' });
  expect([await outcomeOf(making), cell.get()]).toEqual(['5', 5]);
});
