import {
  Elapsed,
  type JoinError,
  type JoinHandle,
  main,
  setPanicHook,
  sleep,
  spawn,
  thread,
} from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

const forever = () => {
  for (;;);
};
const small = thread.builder({ resourceLimits: { maxOldGenerationSizeMb: 16 } });

describe('blockingJoin', () => {
  test('gives the value, which await gives too', async () => {
    const handle = thread.spawn((a: number, b: number) => a + b, 40, 2);
    const result = handle.blockingJoin();
    expect(result.unwrap()).toBe(42);
    expect(handle.isFinished()).toBe(true);
    expect(await handle).toBe(result);
    expect(handle.blockingJoin()).toBe(result);
  });

  test('gives the value of an async function, which used timers', () => {
    const handle = thread.spawn(async () => {
      const { sleep } = await import('@heddle/runtime');
      await sleep(5);
      return 'slept';
    });
    expect(handle.blockingJoin().unwrap()).toBe('slept');
  });

  test('gives a panic with what was thrown', () => {
    const handle = thread.spawn(() => {
      throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
    });
    const thrown = errorOf(handle).intoPanic();
    expect(thrown).toBeInstanceOf(RangeError);
    expect(thrown).toMatchObject({ message: 'too far', code: 'E_FAR' });
  });

  test('sees all that the thread wrote, and finds it gone', () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const handle = thread.spawn((words: Int32Array) => {
      words[0] = 7;
      process.on('exit', () => {
        words[0] = 8;
      });
    }, words);
    const { threadsAlive } = thread.metrics();
    handle.blockingJoin().unwrap();
    expect(words[0]).toBe(8);
    expect(thread.metrics().threadsAlive).toBe(threadsAlive - 1);
  });

  test('joins a spare as well', async () => {
    await thread.prewarm(1);
    expect(
      thread
        .spawn(() => 'spare')
        .blockingJoin()
        .unwrap(),
    ).toBe('spare');
    await thread.prewarm(0);
  });

  test('is not held up by the number of threads that were joined one after the other', () => {
    for (let n = 0; n < 5; n += 1) {
      expect(
        thread
          .spawn((n: number) => n, n)
          .blockingJoin()
          .unwrap(),
      ).toBe(n);
    }
    expect(thread.metrics().threadsAlive).toBe(0);
  });

  test('works in a thread, for a thread that it has spawned', async () => {
    const handle = thread.spawn(async () => {
      const { thread } = await import('@heddle/runtime');
      const value = thread.spawn((n: number) => n + 1, 1).blockingJoin();
      const crash = thread.spawn(() => process.exit(3)).blockingJoin();
      return [value, crash] as const;
    });
    const [value, crash] = (await handle).unwrap();
    expect(value.unwrap()).toBe(2);
    expect(crash.ok ? crash : crash.error.message).toMatch(/crashed: its thread called process\.exit\(3\)/);
  });

  test('works in main, whose task is the only one', async () => {
    const value = await main(async () =>
      thread
        .spawn(() => 1)
        .blockingJoin()
        .unwrap(),
    );
    expect(value).toBe(1);
  });
});

describe('a thread that dies while it is joined', () => {
  test.each([
    ['process.exit()', () => thread.spawn(() => process.exit(3)), /its thread called process\.exit\(3\)$/],
    [
      'an uncaught exception',
      () =>
        thread.spawn(async () => {
          setTimeout(() => {
            throw new Error('late');
          }, 1);
          await new Promise(() => setInterval(() => undefined, 1_000));
        }),
      /its thread ended with an uncaught exception: late$/,
    ],
    [
      'an event loop that runs dry',
      () => thread.spawn(() => new Promise(() => undefined)),
      /had nothing left to do while it waited for /,
    ],
    [
      'running out of memory',
      () =>
        small.spawn(() => {
          const kept: unknown[] = [];
          for (;;) kept.push({ n: kept.length });
        }),
      /its thread was gone without a word, as one is that runs out of memory$/,
    ],
    [
      'an end that no exit handler hears of',
      () =>
        thread.spawn(() => {
          Reflect.get(process, 'reallyExit').call(process, 7);
        }),
      /its thread was gone without a word, as one is that runs out of memory$/,
    ],
  ] as const)('is a crash: %s', async (_, start, message) => {
    const handle: JoinHandle<unknown> = start();
    const error = errorOf(handle);
    expect([error.kind, error.message]).toEqual(['crash', expect.stringMatching(message)]);
    const later = await handle;
    expect(later.ok ? later : later.error).toBe(error);
  });

  test('is a crash before its first line, too', async () => {
    const handle = thread
      .builder({ execArgv: ['--import', 'data:text/javascript,process.reallyExit(4)'] })
      .spawn(() => 1);
    const error = errorOf(handle);
    expect(error.kind).toBe('crash');
    const later = await handle;
    expect(later.ok ? later : later.error).toBe(error);
  });
});

describe('an abort, while nothing of this thread runs', () => {
  test('before the join ends a thread when its grace is over', () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const handle = thread.builder({ graceMs: 20 }).spawn((words: Int32Array) => {
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
      for (;;);
    }, words);
    Atomics.wait(words, 0, 0);
    handle.abort('enough');
    const error = errorOf(handle);
    expect([error.kind, error.cause, error.isAbandoned()]).toEqual(['cancelled', 'enough', false]);
  });

  test('before the function began, too', () => {
    const handle = thread.spawn(forever);
    handle.abort();
    expect(errorOf(handle).kind).toBe('cancelled');
  });

  test('by the time limit of the thread is kept', () => {
    const error = errorOf(thread.builder({ timeoutMs: 10, graceMs: 0 }).spawn(forever));
    expect([error.kind, error.cause]).toEqual(['cancelled', new Error('timeoutMs: 10 ms have passed')]);
  });
});

describe('timeoutMs', () => {
  test('gives up with an Elapsed, and the handle can be joined again', async () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const handle = thread.spawn((words: Int32Array) => {
      Atomics.wait(words, 0, 0);
      return 'released';
    }, words);
    expect(() => handle.blockingJoin({ timeoutMs: 5 })).toThrow(Elapsed);
    expect(() => handle.blockingJoin({ timeoutMs: 0 })).toThrow('deadline has elapsed');
    expect(handle.isFinished()).toBe(false);
    Atomics.store(words, 0, 1);
    Atomics.notify(words, 0);
    expect(handle.blockingJoin({ timeoutMs: 3_600_000 }).unwrap()).toBe('released');
    expect((await handle).unwrap()).toBe('released');
  });

  test.each([
    [null, TypeError, 'handle.blockingJoin: expected an object of options, got null'],
    [{ timeout: 1 }, TypeError, "handle.blockingJoin: there is no option 'timeout'"],
    [
      { timeoutMs: '1' },
      TypeError,
      "handle.blockingJoin: timeoutMs must be a number of milliseconds, got '1'",
    ],
    [
      { timeoutMs: -1 },
      RangeError,
      'handle.blockingJoin: timeoutMs must be zero or more milliseconds, got -1',
    ],
  ])('refuses %j', async (options, Kind, message) => {
    const handle = thread.spawn(() => 1);
    const call = () => handle.blockingJoin(options as never);
    expect(call).toThrow(Kind);
    expect(call).toThrow(message);
    await handle;
  });
});

describe('a join that would hang', () => {
  test('is refused for a task, which has no thread of its own', async () => {
    const handle = spawn(async () => 1);
    expect(() => handle.blockingJoin()).toThrow(
      new Error(
        `handle.blockingJoin: task ${handle.id} has no thread of its own to wait for. Write \`await handle\`.`,
      ),
    );
    await handle;
  });

  test('is refused where this thread has other tasks', async () => {
    const other = spawn(() => sleep(1));
    const handle = thread.spawn(() => 1);
    expect(() => handle.blockingJoin()).toThrow(
      new Error(
        'handle.blockingJoin: this thread has 1 other task, which would not run meanwhile. Write `await handle`.',
      ),
    );
    await other;
    expect((await handle).unwrap()).toBe(1);
  });
});

test('a thread that was joined while this one was blocked reports its panic once', async () => {
  const reported: string[] = [];
  setPanicHook(({ error }) => void reported.push(error.kind));
  const handle = thread.spawn(() => {
    throw new Error('boom');
  });
  handle.blockingJoin();
  await handle;
  await sleep(5);
  expect(reported).toEqual(['panic']);
  setPanicHook(() => undefined);
});

function errorOf(handle: JoinHandle<unknown>): JoinError {
  const result = handle.blockingJoin();
  if (result.ok) throw new Error('expected an error');
  return result.error;
}
