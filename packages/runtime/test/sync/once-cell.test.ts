import { Err, Ok, sleep, yieldNow } from '@heddle/runtime';
import { OnceCell } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeAll(silencePanics.begin);
afterAll(silencePanics.end);

describe('a cell', () => {
  test('takes its value from a plain, an async and a generator function, and from what waits', async () => {
    const ways = [
      () => 1,
      async () => 1,
      function* () {
        yield* yieldNow();
        return 1;
      },
      () => new OnceCell(1).getOrInit(() => 2),
    ];
    for (const way of ways) {
      const { host, spawn } = byHand();
      const cell = new OnceCell<number>();
      const [first, second] = [spawn(() => cell.getOrInit(way)), spawn(() => cell.getOrInit(() => 2))];
      await host.settle();
      expect([await outcomeOf(first), await outcomeOf(second), cell.get()]).toEqual(['1', '1', 1]);
    }
  });

  test('lets the next one try when a function throws, which its own caller hears alone', async () => {
    const { host, spawn } = byHand();
    const cell = new OnceCell<number>();
    const fails = spawn(() =>
      cell.getOrInit(function* () {
        yield* yieldNow();
        throw new Error('no luck');
      }),
    );
    const next = spawn(() => cell.getOrInit(() => 2));
    await host.settle();
    expect([await outcomeOf(fails), await outcomeOf(next), cell.get()]).toEqual(['panic no luck', '2', 2]);
  });

  test('lets the next one try when the task that made the value is aborted, after its cleanup', async () => {
    const { host, spawn } = byHand();
    const cell = new OnceCell<number>();
    const lines: string[] = [];
    const making = spawn(function* () {
      yield* cell.getOrInit(function* () {
        try {
          yield* sleep(1_000);
        } finally {
          yield* sleep(10);
          lines.push('cleaned up');
        }
        return 1;
      });
    });
    const next = spawn(function* () {
      return yield* cell.getOrInit(() => {
        lines.push('tries');
        return 2;
      });
    });
    host.runUntilIdle();
    making.abort();
    host.runUntilIdle();
    expect([lines, cell.initialized(), cell.set(3).ok]).toEqual([[], false, false]);
    await host.advance(10);
    expect(lines).toEqual(['cleaned up', 'tries']);
    expect([await outcomeOf(making), await outcomeOf(next)]).toEqual(['cancelled', '2']);
  });

  test('tells the function that makes the value when its task is aborted', async () => {
    const { host, spawn } = byHand();
    const cell = new OnceCell<number>();
    let signal: AbortSignal | undefined;
    const making = spawn(async () => {
      await cell.getOrInit((given) => {
        signal = given;
        return new Promise<number>(() => {});
      });
    });
    await host.settle();
    expect(signal?.aborted).toBe(false);
    making.abort();
    await host.settle();
    expect(signal?.aborted).toBe(true);
    expect([cell.set(5).ok, cell.get()]).toEqual([true, 5]);
  });

  test('passes the turn on when the task to which it was handed is aborted before it runs', async () => {
    const { host, spawn } = byHand();
    const cell = new OnceCell<number>();
    const making = step(cell.getOrInit(() => new Promise<number>(() => {})));
    expect(making.poll()).toBe(PENDING);
    const aborted = spawn(() => cell.getOrInit(() => 1));
    const next = spawn(() => cell.getOrInit(() => 2));
    await host.settle();
    making.drop();
    aborted.abort();
    await host.settle();
    expect([await outcomeOf(aborted), await outcomeOf(next)]).toEqual(['cancelled', '2']);
  });

  test('keeps the value of an Ok and gives an Err back, and the next one tries', async () => {
    const { host, spawn } = byHand();
    const cell = new OnceCell<number>();
    const tries = [Err('a'), Ok(1), Err('b')].map((result) =>
      spawn(async () => {
        const got = await cell.getOrTryInit<string>(() => result);
        return got.ok ? got.value : got.error;
      }),
    );
    await host.settle();
    expect(await Promise.all(tries.map(outcomeOf))).toEqual(['a', '1', '1']);
    expect((await cell.getOrTryInit(() => Err('never called'))).unwrap()).toBe(1);
  });

  test('holds undefined as a value, and nothing that is awaited', async () => {
    const cell = new OnceCell<unknown>();
    const thenable = 'got a thenable, which whoever gets the value would await: keep { handle } instead.';
    expect(() => cell.set(Promise.resolve())).toThrow(new TypeError(`onceCell.set: ${thenable}`));
    const generator = function* () {
      return Promise.resolve();
    };
    await expect(cell.getOrInit(generator)).rejects.toThrow(new TypeError(`onceCell.getOrInit: ${thenable}`));
    expect(cell.set(undefined).ok).toBe(true);
    expect([cell.initialized(), cell.set(1).ok]).toEqual([true, false]);
    expect(await cell.getOrInit(() => 1)).toBe(undefined);
  });

  test('says what it got when it is given something else than it takes', async () => {
    const cell = new OnceCell<number>();
    const expected = 'expected a function that makes the value, got 1';
    expect(() => cell.getOrInit(1 as never)).toThrow(new TypeError(`onceCell.getOrInit: ${expected}`));
    expect(() => cell.getOrTryInit(1 as never)).toThrow(new TypeError(`onceCell.getOrTryInit: ${expected}`));
    await expect(cell.getOrTryInit(() => 1 as never)).rejects.toThrow(
      new TypeError('onceCell.getOrTryInit: the function must give a Result, got 1'),
    );
    expect(await cell.getOrInit(() => 2)).toBe(2);
  });

  test('says whether a task makes the value or waits for who does', async () => {
    const { host, spawn } = byHand();
    const cell = new OnceCell<number>();
    const making = step(
      cell.getOrInit(function* () {
        yield* sleep(1);
        return 1;
      }),
    );
    const waiting = step(cell.getOrInit(() => 2));
    spawn(() => expect([making.poll(), waiting.poll()]).toEqual([PENDING, PENDING]));
    host.runUntilIdle();
    expect([making.what, waiting.what]).toEqual(['onceCell.getOrInit(a generator)', 'onceCell.getOrInit()']);
  });
});
