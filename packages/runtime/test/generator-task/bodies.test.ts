import { type JoinHandle, type Suspension, sleep, spawn as spawnInside, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** How a task ends that is made of `body`. */
async function endOf(body: () => unknown): Promise<string> {
  const { host, spawn } = byHand();
  const handle = spawn(body);
  await host.advance(10);
  return await outcomeOf(handle);
}

describe('a generator body', () => {
  it('may be a function or an object that it made, neither of which begins before its first poll', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const count = function* (name: string, to: number) {
      for (let step = 1; step <= to; step += 1) {
        lines.push(`${name} ${step}`);
        yield* yieldNow();
      }
      return to;
    };
    const handles = [spawn(count, 'function', 2), spawn(count('object', 2))];
    lines.push('spawned');
    await host.settle();
    expect(lines).toEqual(['spawned', 'function 1', 'object 1', 'function 2', 'object 2']);
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['2', '2']);
  });

  it('that is a method keeps no `this`, and one that is bound does', async () => {
    const { host, spawn } = byHand();
    class Counter {
      readonly step = 5;
      *count(this: Counter | undefined) {
        return this?.step;
      }
    }
    const counter = new Counter();
    const handles = [spawn(counter.count), spawn(counter.count.bind(counter)), spawn(counter.count())];
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['undefined', '5', '5']);
  });

  it.each([
    ['before its first yield', 0],
    ['after it has waited', 2],
  ])('panics with the very value it threw, even if that is nothing, %s', async (_, yields) => {
    for (const thrown of [
      undefined,
      null,
      0,
      'boom',
      Symbol('boom'),
      new Error('boom'),
      Object.create(null),
    ]) {
      const { host, spawn } = byHand();
      const handle = spawn(function* () {
        for (let step = 0; step < yields; step += 1) yield* yieldNow();
        throw thrown;
      });
      await host.settle();
      const result = await handle;
      if (result.ok) throw new Error('it did not panic');
      expect(result.error.intoPanic()).toBe(thrown);
      expect('cause' in result.error).toBe(true);
    }
  });

  it('panics when the default of a parameter throws', async () => {
    const fail = (): number => {
      throw new Error('no default');
    };
    expect(
      await endOf(function* (step = fail()) {
        return step;
      }),
    ).toBe('panic no default');
  });

  it('may call itself', async () => {
    function* sum(to: number): Generator<Suspension, number> {
      yield* yieldNow();
      return to === 0 ? 0 : to + (yield* sum(to - 1));
    }
    expect(await endOf(() => sum(100))).toBe('5050');
  });

  it('may spawn and join to any depth', async () => {
    function* tree(depth: number): Generator<Suspension, number> {
      if (depth === 0) return 1;
      const children: JoinHandle<number>[] = [spawnInside(tree, depth - 1), spawnInside(tree, depth - 1)];
      let leaves = 0;
      for (const child of children) leaves += (yield* child).unwrap();
      return leaves;
    }
    expect(await endOf(() => tree(6))).toBe('64');
  });

  it.each<[string, () => unknown, string]>([
    ['a handle', () => spawnInside(() => 42).unwrap(), '42'],
    ['a promise', () => Promise.resolve(42), '42'],
    ['a promise that rejects', () => Promise.reject('boom'), 'panic boom'],
    ['an operation', () => sleep(5), 'undefined'],
    ['a thenable that answers at once', () => ({ then: (give: (value: number) => void) => give(42) }), '42'],
    [
      'a thenable that answers twice',
      () => ({
        then: (give: (value: number) => void, fail: (error: unknown) => void) => {
          give(42);
          fail('boom');
        },
      }),
      '42',
    ],
    [
      'a thenable that answers and throws',
      () => ({
        then: (give: (value: number) => void) => {
          give(42);
          throw 'boom';
        },
      }),
      '42',
    ],
    [
      'a thenable that throws',
      () => ({
        then: () => {
          throw 'boom';
        },
      }),
      'panic boom',
    ],
    [
      'something whose `then` cannot be read',
      () => ({
        get then() {
          throw 'unreadable';
        },
      }),
      'panic unreadable',
    ],
    ['something whose `then` is no function', () => Object.assign([1], { then: 1 }), '1'],
    ['an array', () => [1, 2], '1,2'],
    ['an iterator of its own', () => ({ next: () => 1, toString: () => 'an iterator' }), 'an iterator'],
  ])('that returns %s ends as it says, and so does a plain function', async (_, make, end) => {
    expect(
      await endOf(function* () {
        yield* yieldNow();
        return make();
      }),
    ).toBe(end);
    expect(await endOf(make)).toBe(end);
  });

  it('is aborted while it waits for what it returned', async () => {
    const { host, spawn } = byHand();
    const handles = [
      spawn(function* () {
        return sleep(1000);
      }),
      spawn(() => sleep(1000)),
      spawn(async () => sleep(1000)),
    ];
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(host.pendingTimers).toBe(0);
  });

  it('is driven when a plain function returned it', async () => {
    expect(
      await endOf(() =>
        (function* () {
          yield* sleep(1);
          return 'driven';
        })(),
      ),
    ).toBe('driven');
  });

  it('is asked for its own `next` where it has one, and panics when that cannot be read', async () => {
    const counted = (): Generator<Suspension, string> => {
      const body = (function* () {
        yield* sleep(1);
        yield* yieldNow();
        return 'ended';
      })();
      let asked = 0;
      const own = (sent: unknown) => {
        asked += 1;
        const step = Object.getPrototypeOf(body).next.call(body, sent);
        return step.done === true ? { done: true, value: `${step.value}, asked ${asked} times` } : step;
      };
      return Object.assign(body, { next: own });
    };
    const { host, spawn } = byHand();
    const handle = spawn(counted());
    await host.advance(10);
    expect(await outcomeOf(handle)).toBe('ended, asked 3 times');
    expect(await endOf(() => counted())).toBe('ended, asked 3 times');
    const hostile = Object.defineProperty(counted(), 'next', {
      get() {
        throw 'no next';
      },
    });
    expect(await endOf(() => hostile)).toBe('panic no next');
  });

  it('may come from a proxy around its function, be it that this gives another iterator', async () => {
    const body = function* (): Generator<Suspension, string> {
      yield* sleep(1);
      yield* yieldNow();
      return 'ended';
    };
    const plain = new Proxy(body, {});
    const wrapping = new Proxy(body, {
      apply(fn) {
        const inner = fn();
        return { next: (sent: never) => inner.next(sent) };
      },
    });
    expect(await endOf(plain)).toBe('ended');
    expect(await endOf(wrapping)).toBe('ended');
  });

  it('hands on the steps of an iterator of the program’s own, whose getters may throw', async () => {
    const odd = (step: object) => ({
      [Symbol.iterator]: () => ({ next: () => step as IteratorResult<Suspension, void> }),
    });
    const hostile = {
      get done(): boolean {
        throw 'no done';
      },
    };
    let reads = 0;
    const fickle = {
      get done() {
        reads += 1;
        if (reads > 1) throw 'asked twice';
        return false;
      },
      value: 5,
    };
    for (const [step, end] of [
      [hostile, 'panic no done'],
      [fickle, 'panic asked twice'],
    ] as const) {
      expect(
        await endOf(function* () {
          yield* odd(step);
        }),
      ).toBe(end);
    }
    expect(await endOf(() => 'the loop goes on')).toBe('the loop goes on');
  });
});
