import { type JoinError, type JoinHandle, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Whatever happens to a thread, its handle settles with the right kind; and nobody else is any the worse: a
 * neighbour that runs all the while gives its value in the end, and each row is a spawn after a failure.
 */
const here = tasksFrom<{ notAFunction: () => void; add: (a: number, b: number) => number }>(
  new URL('./modules/tasks.mjs', import.meta.url),
);
const gone = tasksFrom<{ run: () => void }>(new URL('./modules/no-such-module.mjs', import.meta.url));
const broken = tasksFrom<{ run: () => void }>(new URL('./modules/throws-at-load.mjs', import.meta.url));
const noExport = here as unknown as typeof gone;

describe('a panic arrives as what was thrown', () => {
  test('an Error, with its message, its stack and its own properties', async () => {
    const error = await panicOf(
      thread.spawn(() => {
        throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
      }),
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: 'too far', code: 'E_FAR' });
    expect((error as Error).stack).toContain('settlement.test.ts');
  });

  test('a class of its own, by name and properties', async () => {
    const error = await panicOf(
      thread.spawn(() => {
        class DbError extends Error {
          override name = 'DbError';
          readonly retries = 3;
        }
        throw new DbError('gone away');
      }),
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'DbError', message: 'gone away', retries: 3 });
  });

  test('an AggregateError, with its errors', async () => {
    const error = await panicOf(
      thread.spawn(() => {
        throw new AggregateError([new TypeError('one'), 'two'], 'both');
      }),
    );
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors).toEqual([new TypeError('one'), 'two']);
  });

  test('a DOMException', async () => {
    const error = await panicOf(
      thread.spawn(() => {
        throw new DOMException('no', 'NotFoundError');
      }),
    );
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: 'NotFoundError', message: 'no', code: 8 });
  });

  test('a string, and a rejection', async () => {
    const error = await joinErrorOf(thread.spawn(() => Promise.reject('boom')));
    expect(error.intoPanic()).toBe('boom');
    expect(error.message).toBe(`task ${error.id} panicked with message "boom"`);
  });

  test('a number, and an object that is no error', async () => {
    const number = thread.spawn(() => {
      throw 404;
    });
    const object = thread.spawn(() => {
      throw { code: 404, tags: new Set(['lost']) };
    });
    expect(await panicOf(number)).toBe(404);
    expect(await panicOf(object)).toEqual({ code: 404, tags: new Set(['lost']) });
  });

  test('undefined', async () => {
    const error = await joinErrorOf(
      thread.spawn(() => {
        throw undefined;
      }),
    );
    expect(error.isPanic()).toBe(true);
    expect(error.intoPanic()).toBe(undefined);
    expect(error.message).toBe(`task ${error.id} panicked`);
  });

  test('causes that go round in a circle', async () => {
    const error = (await panicOf(
      thread.spawn(() => {
        const inner = new Error('inner');
        const outer = new Error('outer', { cause: inner });
        inner.cause = outer;
        throw outer;
      }),
    )) as Error;
    expect((error.cause as Error).message).toBe('inner');
    expect((error.cause as Error).cause).toBe(error);
  });

  test('20,000 causes, the nearest of them', async () => {
    const error = (await panicOf(
      thread.spawn(() => {
        let error = new Error('0');
        for (let n = 1; n < 20_000; n += 1) error = new Error(String(n), { cause: error });
        throw error;
      }),
    )) as Error;
    expect(error.message).toBe('19999');
    expect((error.cause as Error).message).toBe('19998');
  });

  test('a getter that throws, a then and a __proto__', async () => {
    const error = await panicOf(
      thread.spawn(() => {
        const error = new Error('hostile');
        Object.defineProperty(error, 'trap', {
          enumerable: true,
          get() {
            throw new Error('a getter was called');
          },
        });
        Object.defineProperty(error, 'then', { enumerable: true, value: () => 'never' });
        Object.defineProperty(error, '__proto__', { enumerable: true, value: { polluted: true } });
        throw error;
      }),
    );
    expect(error).toMatchObject({ message: 'hostile', trap: '[Getter]' });
    expect(error).not.toHaveProperty('then');
    expect(error).not.toHaveProperty('polluted');
  });
});

describe('what cannot be loaded or sent back is a panic', () => {
  test.each([
    ['a missing module', () => thread.spawn(gone.run), 'TypeError', /there is no module at .*no-such-module/],
    ['a missing export', () => thread.spawn(noExport.run), 'TypeError', /tasks\.mjs has no export "run"/],
    [
      'an export that is no function',
      () => thread.spawn(here.notAFunction),
      'TypeError',
      /"notAFunction" of tasks\.mjs is not a function/,
    ],
    ['a module that throws at load', () => thread.spawn(broken.run), 'RangeError', /^not today$/],
    [
      'a result that cannot be cloned',
      () => thread.spawn(() => ({ rows: [{ parse: () => 1 }] }) as unknown),
      'TypeError',
      /^result\.rows\[0\]\.parse: function cannot cross/,
    ],
  ] as [string, () => JoinHandle<unknown>, string, RegExp][])('%s', async (_, start, name, message) => {
    const error = await panicOf(start());
    expect(error).toMatchObject({ name, message: expect.stringMatching(message) });
  });

  test('an argument that cannot be cloned is refused at the call, and starts no thread', () => {
    const { threadsStarted } = thread.metrics();
    const call = () => thread.spawn((_: unknown) => 1, { onDone: () => 1 } as unknown);
    expect(call).toThrow(TypeError);
    expect(call).toThrow('thread.spawn: args[0].onDone: function cannot cross to another thread');
    expect(thread.metrics().threadsStarted).toBe(threadsStarted);
  });
});

describe('a thread that goes away is a crash that says why', () => {
  test.each([
    ['process.exit(0)', () => thread.spawn(() => process.exit(0)), 'its thread called process.exit(0)'],
    ['process.exit(1)', () => thread.spawn(() => process.exit(1)), 'its thread called process.exit(1)'],
    [
      'process.exit() while the function waits',
      () =>
        thread.spawn(async () => {
          setTimeout(() => process.exit(7), 1);
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        }),
      'its thread called process.exit(7)',
    ],
    [
      'nothing left to wait for',
      () => thread.spawn(() => new Promise(() => undefined) as unknown as undefined),
      'its thread had nothing left to do while it waited for a promise that is not of heddle',
    ],
  ] as [string, () => JoinHandle<unknown>, string][])('%s', async (_, start, what) => {
    const error = await joinErrorOf(start());
    expect([error.kind, error.message]).toEqual(['crash', `task ${error.id} crashed: ${what}`]);
    expect('cause' in error).toBe(false);
  });

  test('an uncaught exception, which is the cause', async () => {
    const error = await joinErrorOf(
      thread.spawn(async () => {
        setTimeout(() => {
          throw Object.assign(new TypeError('late'), { code: 'E_LATE' });
        }, 1);
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }),
    );
    expect([error.kind, error.message]).toEqual([
      'crash',
      `task ${error.id} crashed: its thread ended with an uncaught exception: late`,
    ]);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.cause).toMatchObject({ message: 'late', code: 'E_LATE' });
  });

  test('an unhandled rejection, which is the cause', async () => {
    const error = await joinErrorOf(
      thread.spawn(async () => {
        Promise.reject(new TypeError('unheard'));
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }),
    );
    expect([error.kind, error.message]).toEqual([
      'crash',
      `task ${error.id} crashed: its thread ended with an unhandled rejection: unheard`,
    ]);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test('out of memory', async () => {
    const small = thread.builder({ resourceLimits: { maxOldGenerationSizeMb: 16 } });
    const error = await joinErrorOf(
      small.spawn(() => {
        const kept: object[] = [];
        for (;;) kept.push({ n: kept.length });
      }),
    );
    expect([error.kind, error.message]).toEqual([
      'crash',
      `task ${error.id} crashed: its thread ran out of memory`,
    ]);
    expect(error.cause).toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
  });

  test('no thread to be had from the operating system', async () => {
    // More stack than there is address space: the kernel refuses to make the thread.
    const huge = thread.builder({ resourceLimits: { stackSizeMb: 1e9 } });
    const error = await joinErrorOf(huge.spawn(() => 1));
    expect(error.kind).toBe('crash');
    expect(error.message).toMatch(/its thread could not be started: /);
  });
});

const bell = new Int32Array(new SharedArrayBuffer(4));
let neighbour: JoinHandle<string>;
let failed = 0;
let reported = 0;

beforeAll(() => {
  setPanicHook(() => {
    reported += 1;
  });
  neighbour = thread.spawn((bell: Int32Array) => {
    while (Atomics.load(bell, 0) === 0) Atomics.wait(bell, 0, 0, 1_000);
    return 'unharmed';
  }, bell);
});

afterAll(async () => {
  setPanicHook(null);
  expect(reported).toBe(failed);
  expect(neighbour.isFinished()).toBe(false);
  Atomics.store(bell, 0, 1);
  Atomics.notify(bell, 0);
  expect((await neighbour).unwrap()).toBe('unharmed');
  expect((await thread.spawn(here.add, 1, 2)).unwrap()).toBe(3);
  expect(thread.metrics().threadsAlive).toBe(0);
});

async function joinErrorOf(handle: JoinHandle<unknown>): Promise<JoinError> {
  const result = await handle;
  expect(handle.isFinished()).toBe(true);
  if (result.ok) throw new Error(`expected an error, got ${String(result.value)}`);
  failed += 1;
  return result.error;
}

async function panicOf(handle: JoinHandle<unknown>): Promise<unknown> {
  const error = await joinErrorOf(handle);
  if (!error.isPanic()) throw error;
  return error.intoPanic();
}
