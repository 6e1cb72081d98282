import { getEventListeners } from 'node:events';
import { mapConcurrent, select, sleep, spawn as spawnByDefault, task } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** Numbers whose source, tasks and consumer write down what they do. */
function watched() {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  function* numbers(count: number) {
    try {
      for (let n = 1; n <= count; n += 1) {
        lines.push(`take ${n}`);
        yield n;
      }
    } finally {
      lines.push('source closed');
    }
  }
  /** A task that takes as many milliseconds as its number says. */
  function* work(n: number) {
    let ended = false;
    try {
      yield* sleep(n);
      ended = true;
    } finally {
      lines.push(`${n} ${ended ? 'done' : 'aborted'}`);
    }
    return n * 10;
  }
  return { host, spawn, lines, numbers, work };
}

describe('mapConcurrent', () => {
  it('does nothing before the first value is asked for', async () => {
    const { host, lines, numbers, work } = watched();
    const results = mapConcurrent(numbers(3), work, { concurrency: 2 });
    await host.settle();
    expect([lines, await results.return(), lines]).toEqual([[], { done: true, value: undefined }, []]);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('gives the values in the order of the items, and takes one when a slot is free', async () => {
    const { host, spawn, lines, numbers, work } = watched();
    const handle = spawn(async () => {
      for await (const value of mapConcurrent([3, 1, 2, 4], work, { concurrency: 2 }))
        lines.push(`got ${value}`);
      for await (const value of mapConcurrent(numbers(3), work, { concurrency: 2 }))
        lines.push(`got ${value}`);
    });
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('undefined');
    expect(lines).toEqual([
      ...['1 done', '3 done', 'got 30', 'got 10', '2 done', 'got 20', '4 done', 'got 40'],
      ...[
        'take 1',
        'take 2',
        '1 done',
        'got 10',
        'take 3',
        '2 done',
        'got 20',
        'source closed',
        '3 done',
        'got 30',
      ],
    ]);
  });

  it('gives the values in the order in which the tasks end, when it is not ordered', async () => {
    const { host, spawn, work } = watched();
    const handle = spawn(async () => {
      const values: number[] = [];
      for await (const value of mapConcurrent([3, 1, 2], work, { concurrency: 3, ordered: false }))
        values.push(value);
      return values;
    });
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('10,20,30');
  });

  it('holds back the source when the consumer is slow', async () => {
    const { host, spawn, lines, numbers, work } = watched();
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(numbers(9), work, { concurrency: 2 })) await sleep(1000);
    });
    await host.advance(1500);
    expect(lines).toEqual(['take 1', 'take 2', '1 done', '2 done', 'take 3', '3 done']);
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('undefined');
  });

  it('aborts what runs and closes the source when the loop is left, and waits for both', async () => {
    const { host, spawn, lines, numbers } = watched();
    function* slow(n: number) {
      try {
        yield* sleep(n);
      } finally {
        if (n > 1) yield* sleep(5);
        lines.push(`${n} ended at ${host.now()}`);
      }
      return n;
    }
    const handle = spawn(async () => {
      for await (const value of mapConcurrent(numbers(9), slow, { concurrency: 3 })) if (value === 1) break;
      lines.push('after the loop');
    });
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('undefined');
    expect(lines).toEqual([
      ...['take 1', 'take 2', 'take 3', '1 ended at 1', 'source closed', '2 ended at 6', '3 ended at 6'],
      'after the loop',
    ]);
  });

  it('throws what a task throws, at once and once, when the rest has ended', async () => {
    const { host, spawn, lines, numbers, work } = watched();
    const results = mapConcurrent(
      numbers(9),
      function* (n: number) {
        if (n !== 2) return yield* work(n * 5);
        yield* sleep(1);
        throw new Error('boom');
      },
      { concurrency: 3 },
    );
    const handle = spawn(async () => {
      try {
        for await (const value of results) lines.push(`got ${value}`);
      } catch (error) {
        lines.push((error as Error).message);
      }
      return (await results.next()).done;
    });
    await host.runToEnd();
    expect([await outcomeOf(handle), silencePanics.reported.length]).toEqual(['true', 1]);
    expect(lines).toEqual([
      ...['take 1', 'take 2', 'take 3', 'source closed', '15 aborted', '5 aborted', 'boom'],
    ]);
  });

  it('throws what the source throws, and aborts what runs', async () => {
    const { host, spawn, lines, work } = watched();
    function* numbers() {
      yield 5;
      throw new Error('out of numbers');
    }
    const handle = spawn(async () => {
      for await (const value of mapConcurrent(numbers(), work, { concurrency: 2 }))
        lines.push(`got ${value}`);
    });
    await host.settle();
    expect([await outcomeOf(handle), lines]).toEqual(['panic out of numbers', []]);
  });

  it('throws the JoinError of a task that others aborted', async () => {
    const { host, spawn, work } = watched();
    const controller = new AbortController();
    const builder = task.builder({ signal: controller.signal });
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent([10, 20], work, { concurrency: 2, spawn: builder.spawn }));
    });
    await host.settle();
    controller.abort();
    await host.settle();
    expect((await outcomeOf(handle)).replace(/\d+/, 'N')).toBe('panic task N was cancelled');
  });

  it('ends when the task that walks is aborted, while it waits and while it works', async () => {
    for (const worksMs of [0, 1000]) {
      const { host, spawn, lines, numbers, work } = watched();
      const handle = spawn(async () => {
        for await (const _ of mapConcurrent(numbers(9), work, { concurrency: 3 })) {
          if (worksMs > 0) await sleep(worksMs);
        }
      });
      await host.advance(2);
      handle.abort();
      await host.settle();
      expect(await outcomeOf(handle)).toBe('cancelled');
      const aborted = lines.filter((line) => line.endsWith('aborted')).sort();
      expect(aborted).toEqual(worksMs === 0 ? ['3 aborted', '4 aborted', '5 aborted'] : ['3 aborted']);
      expect([lines.includes('source closed'), host.pendingTimers]).toEqual([true, 0]);
    }
  });

  it('ends when the generator task that waits for a value is aborted', async () => {
    const { host, spawn, lines, numbers, work } = watched();
    const handle = spawn(function* () {
      const results = mapConcurrent(numbers(9), work, { concurrency: 2 });
      for (;;) yield* results.next();
    });
    await host.advance(1);
    handle.abort();
    await host.settle();
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
    expect(lines.slice(-3).sort()).toEqual(['2 aborted', '3 aborted', 'source closed']);
  });

  it('loses nothing when next() loses a select', async () => {
    const { host, spawn, work } = watched();
    const handle = spawn(function* () {
      const results = mapConcurrent([3, 6], work, { concurrency: 2 });
      const seen: unknown[] = [];
      for (;;) {
        const { key, value } = yield* select({ next: results.next(), tick: sleep(2) }, { biased: true });
        if (key === 'tick') seen.push('tick');
        else if (value.done === true) return seen;
        else seen.push(value.value);
      }
    });
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('tick,30,tick,60');
  });

  it('is ended by a signal, whose reason is thrown, and lets go of it', async () => {
    const { host, spawn, lines, numbers, work } = watched();
    const controller = new AbortController();
    const { signal } = controller;
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(numbers(9), work, { concurrency: 2, signal }));
    });
    await host.settle();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort(new Error('enough'));
    await host.settle();
    expect([await outcomeOf(handle), lines.slice(2)]).toEqual([
      'panic enough',
      ['source closed', '1 aborted', '2 aborted'],
    ]);
    const early = mapConcurrent(numbers(9), work, { concurrency: 2, signal });
    await expect(early.next()).rejects.toThrow('enough');
    expect(lines).toHaveLength(5);

    const other = new AbortController();
    const all = spawn(async () => {
      for await (const _ of mapConcurrent([1], work, { concurrency: 2, signal: other.signal }));
    });
    await host.runToEnd();
    expect([await outcomeOf(all), getEventListeners(other.signal, 'abort')]).toEqual(['undefined', []]);
  });

  it('takes from a channel, and gives a value that is there while it waits for the next item', async () => {
    const { host, spawn, work } = watched();
    const [tx, rx] = mpsc.channel<number>(8);
    const values: number[] = [];
    const handle = spawn(async () => {
      for await (const value of mapConcurrent(rx, work, { concurrency: 4, ordered: false }))
        values.push(value);
      values.push(0);
    });
    await tx.send(2);
    await tx.send(1);
    await host.advance(2);
    expect(values).toEqual([10, 20]);
    await tx.send(3);
    tx.close();
    await host.advance(3);
    expect([await outcomeOf(handle), values]).toEqual(['undefined', [10, 20, 30, 0]]);
  });

  it('does not wait for a source that never answers when it ends', async () => {
    const { host, spawn, lines } = watched();
    async function* stuck() {
      yield 1;
      await new Promise(() => {});
    }
    const handle = spawn(async () => {
      for await (const value of mapConcurrent(stuck(), (n) => n, { concurrency: 2 })) {
        lines.push(`got ${value}`);
        break;
      }
    });
    await host.settle();
    expect([await outcomeOf(handle), lines]).toEqual(['undefined', ['got 1']]);
  });

  it('waits for the source to close, and throws what that throws', async () => {
    const { host, spawn } = watched();
    const closing = { threw: false };
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 1 }),
        return: async () => {
          await Promise.resolve();
          closing.threw = true;
          throw new Error('not closed');
        },
      }),
    };
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(source, (n) => n, { concurrency: 1 })) break;
    });
    await host.settle();
    expect([await outcomeOf(handle), closing.threw]).toEqual(['panic not closed', true]);
  });

  it('goes on through a return that has no value', async () => {
    const results = mapConcurrent(['a', undefined], (item) => item, { concurrency: 2 });
    expect([await results.next(), await results.next(), await results.next()]).toEqual([
      { done: false, value: 'a' },
      { done: false, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  it('gives each value to one of several that ask at once', async () => {
    const results = mapConcurrent([1, 2, 3], (n) => n, { concurrency: 1 });
    const steps = await Promise.all([results.next(), results.next(), results.next(), results.next()]);
    expect(steps.flatMap((step) => (step.done === true ? [] : [step.value])).sort()).toEqual([1, 2, 3]);
  });

  it('is thrown what a spawner throws or gives instead of a handle', async () => {
    const refuses = () => {
      throw new RangeError('no room');
    };
    const [thrown, given] = [refuses, () => 1].map((spawn) =>
      mapConcurrent([1], (n) => n, { concurrency: 1, spawn: spawn as never }),
    );
    await expect(thrown?.next()).rejects.toThrow('no room');
    await expect(given?.next()).rejects.toThrow('mapConcurrent: expected a spawner of heddle');
  });

  it('spawns on the runtime of the task that walks', async () => {
    const { host, spawn, work } = watched();
    const handle = spawn(async () => (await mapConcurrent([1], work, { concurrency: 1 }).next()).value);
    await host.settle();
    expect(host.pendingTimers).toBe(1);
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('10');
    const here = mapConcurrent([1], (n) => n, { concurrency: 1, spawn: spawnByDefault });
    expect((await here.next()).value).toBe(1);
  });
});
