import { type JoinHandle, mapConcurrent, type Spawn, sleep } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** Tasks that write down how they ended, as many milliseconds after their beginning as their item says. */
function watched() {
  const { host, spawn, runtime } = byHand();
  const lines: string[] = [];
  const controller = new AbortController();
  function* work(ms: number) {
    let ended = false;
    lines.push(`${ms} began`);
    try {
      yield* sleep(ms);
      ended = true;
    } finally {
      lines.push(`${ms} ${ended ? 'done' : 'aborted'}`);
    }
    return ms;
  }
  return { host, spawn, runtime, lines, controller, work };
}

describe('mapConcurrent, ended from within its source', () => {
  it('begins no task for an item that comes after the signal, and closes the source', async () => {
    const { host, spawn, lines, controller, work } = watched();
    const { signal } = controller;
    function* source() {
      try {
        yield 1;
        yield 800;
        controller.abort(new Error('stop'));
        yield 900;
      } finally {
        lines.push('source closed');
      }
    }
    const handle = spawn(async () => {
      for await (const ms of mapConcurrent(source(), work, { concurrency: 2, signal }))
        lines.push(`got ${ms}`);
    });
    await host.advance(1);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['panic stop', 0]);
    expect(lines).toEqual(['1 began', '800 began', '1 done', 'got 1', 'source closed', '800 aborted']);
  });

  it('asks a source for nothing that fires the signal when it is opened', async () => {
    const { host, spawn, lines, controller, work } = watched();
    const { signal } = controller;
    const source = {
      [Symbol.iterator]: () => {
        controller.abort(new Error('stop'));
        return {
          next: () => {
            lines.push('asked');
            return { done: false, value: 1 } as const;
          },
          return: () => {
            lines.push('source closed');
            return { done: true, value: undefined } as const;
          },
        };
      },
    };
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(source, work, { concurrency: 2, signal }));
    });
    await host.settle();
    expect([await outcomeOf(handle), lines]).toEqual(['panic stop', ['source closed']]);
  });

  it('does not close a source that fires the signal and then has no more, or throws', async () => {
    for (const throws of [false, true]) {
      const { host, spawn, lines, controller, work } = watched();
      const { signal } = controller;
      const source = {
        [Symbol.iterator]: () => ({
          next: () => {
            controller.abort(new Error('stop'));
            if (throws) throw new Error('thrown later');
            return { done: true, value: undefined } as const;
          },
          return: () => {
            lines.push('source closed');
            return { done: true, value: undefined } as const;
          },
        }),
      };
      const handle = spawn(async () => {
        for await (const _ of mapConcurrent(source, work, { concurrency: 2, signal }));
      });
      await host.settle();
      expect([await outcomeOf(handle), lines]).toEqual(['panic stop', []]);
    }
  });

  it('aborts a task whose spawner fired the signal, with its reason', async () => {
    const { host, spawn, runtime, lines, controller, work } = watched();
    const stop = new Error('stop');
    const { signal } = controller;
    const spawned: JoinHandle<unknown>[] = [];
    const spawner: Spawn = (fn, ...args) => {
      const handle = runtime.spawn(fn, ...args);
      spawned.push(handle);
      if (spawned.length === 2) controller.abort(stop);
      return handle;
    };
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent([5, 6, 7], work, { concurrency: 3, spawn: spawner, signal }));
    });
    await host.settle();
    expect([await outcomeOf(handle), lines, host.pendingTimers]).toEqual(['panic stop', [], 0]);
    const errors = (await Promise.all(spawned)).map((result) => !result.ok && result.error);
    expect(errors.map((error) => error && error.cause === stop)).toEqual([true, true]);
  });

  it('waits for the task that is just being spawned when a spawner ends the walk', async () => {
    const { host, spawn, runtime, lines, work } = watched();
    let spawned: JoinHandle<unknown> | undefined;
    const spawner: Spawn = (fn, ...args) => {
      // An `await` would ask in a microtask: `then` does it here.
      void results.return().then(() => lines.push(`ended, and the task: ${spawned?.isFinished()}`));
      const handle = runtime.spawn(fn, ...args);
      spawned = handle;
      return handle;
    };
    function* source() {
      try {
        yield 5;
        yield 6;
      } finally {
        lines.push('source closed');
      }
    }
    const results = mapConcurrent(source(), work, { concurrency: 2, spawn: spawner });
    const handle = spawn(async () => {
      lines.push(`done: ${(await results.next()).done}`);
    });
    await host.settle();
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['undefined', 0]);
    expect(lines.sort()).toEqual(['done: true', 'ended, and the task: true', 'source closed']);
  });

  it('gives an item to one who asks while another is being given one', async () => {
    const { host, spawn, lines, work } = watched();
    function* source() {
      void results.next().then((step) => lines.push(`from within ${step.value}`));
      yield 1;
      yield 2;
    }
    const results = mapConcurrent(source(), work, { concurrency: 1 });
    const handle = spawn(async () => {
      lines.push(`got ${(await results.next()).value}`);
      lines.push(`got ${(await results.next()).value}`);
    });
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('undefined');
    expect(
      lines
        .filter((line) => /got|within/.test(line))
        .map((line) => line.split(' ').at(-1))
        .sort(),
    ).toEqual(['1', '2', 'undefined']);
  });

  it('tells one who asked from within a source that had nothing', async () => {
    const { host, spawn, lines, work } = watched();
    function* source(): Generator<number> {
      void results.next().then((step) => lines.push(`within: ${step.done}`));
    }
    const results = mapConcurrent(source(), work, { concurrency: 1 });
    const handle = spawn(async () => (await results.next()).done);
    await host.settle();
    expect([await outcomeOf(handle), lines]).toEqual(['true', ['within: true']]);
  });
});

describe('mapConcurrent, ended with an answer of its source at hand', () => {
  it('waits for the source to close, and throws what that throws', async () => {
    const { host, spawn, lines, work } = watched();
    async function* source() {
      try {
        for (;;) {
          yield 1;
          await sleep(10);
        }
      } finally {
        await sleep(50);
        lines.push('source closed');
        // biome-ignore lint/correctness/noUnsafeFinally: it is what the test is about
        throw new Error('close failed');
      }
    }
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(source(), work, { concurrency: 2 })) {
        await sleep(40);
        lines.length = 0;
        break;
      }
    });
    await host.advance(60);
    expect([await outcomeOf(handle), lines]).toEqual(['not finished', []]);
    await host.runToEnd();
    expect([await outcomeOf(handle), lines]).toEqual(['panic close failed', ['source closed']]);
  });

  it('does not close a source whose answer is that it has ended', async () => {
    for (const throws of [false, true]) {
      const { host, spawn, lines } = watched();
      let asked = 0;
      const source: AsyncIterable<number> = {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            asked += 1;
            if (asked === 1) return { done: false, value: 1 };
            if (throws) throw new Error('no more');
            return { done: true, value: undefined };
          },
          return: async () => {
            lines.push('source closed');
            return { done: true, value: undefined };
          },
        }),
      };
      const handle = spawn(async () => {
        for await (const _ of mapConcurrent(source, (n) => n, { concurrency: 2 })) {
          await sleep(5);
          break;
        }
      });
      await host.runToEnd();
      expect([await outcomeOf(handle), asked, lines]).toEqual(['undefined', 2, []]);
    }
  });
});

describe('mapConcurrent, when a task has failed', () => {
  it('takes no further item', async () => {
    const { host, spawn } = watched();
    const taken: number[] = [];
    function* source() {
      for (let n = 0; n < 5; n += 1) {
        taken.push(n);
        yield n;
      }
    }
    const fail = (n: number) => {
      if (n === 1) throw new Error('one');
      return n;
    };
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(source(), fail, { concurrency: 2 })) await sleep(20);
    });
    await host.runToEnd();
    expect([await outcomeOf(handle), taken]).toEqual(['panic one', [0, 1]]);
  });

  it('takes no further item for a spawner whose task has failed when it gives it', async () => {
    const { host, spawn, runtime } = watched();
    const taken: number[] = [];
    const failed = runtime.spawn(() => {
      throw new Error('failed before');
    });
    await host.settle();
    function* source() {
      for (let n = 0; n < 5; n += 1) {
        taken.push(n);
        yield n;
      }
    }
    const handle = spawn(async () => {
      for await (const _ of mapConcurrent(source(), (n) => n, {
        concurrency: 3,
        spawn: () => failed as never,
      }));
    });
    await host.settle();
    expect([await outcomeOf(handle), taken]).toEqual(['panic failed before', [0]]);
  });
});
