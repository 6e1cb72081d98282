import {
  blocking,
  type JoinError,
  type JoinHandle,
  Runtime,
  setPanicHook,
  spawnBlocking,
  tasksFrom,
} from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * Whatever happens to a job, its handle settles with the right kind, and the pool is none the worse: a neighbour that
 * runs all the while gives its value in the end, and each row is a job after a failure.
 */
const modules = '../thread/modules/';
const here = tasksFrom<{ notAFunction: () => void; add: (a: number, b: number) => number; run: () => void }>(
  new URL(`${modules}tasks.mjs`, import.meta.url),
);
const gone = tasksFrom<{ run: () => void }>(new URL(`${modules}no-such-module.mjs`, import.meta.url));
const broken = tasksFrom<{ run: () => void }>(new URL(`${modules}throws-at-load.mjs`, import.meta.url));
const pool = new Runtime({ blocking: { maxThreads: 2, resourceLimits: { maxOldGenerationSizeMb: 32 } } });
const waiting = () => new Promise<void>((resolve) => setTimeout(resolve, 60_000));

describe('what a job throws arrives as what was thrown', () => {
  test.each([
    [
      'an error with its fields',
      () => Promise.reject(Object.assign(new RangeError('far'), { code: 'E_FAR' })),
      { name: 'RangeError', message: 'far', code: 'E_FAR' },
    ],
    [
      'an AggregateError with its errors',
      () => Promise.reject(new AggregateError([new TypeError('one')], 'all')),
      { errors: [new TypeError('one')] },
    ],
    [
      'a DOMException',
      () => Promise.reject(new DOMException('no', 'NotFoundError')),
      { name: 'NotFoundError', message: 'no' },
    ],
    ['a string', () => Promise.reject('boom'), 'boom'],
    ['undefined', () => Promise.reject(undefined), undefined],
  ] as [string, () => Promise<unknown>, unknown][])('%s', async (_, fn, thrown) => {
    const payload = await panicOf(pool.spawnBlocking(fn));
    if (typeof thrown === 'object') expect(payload).toMatchObject(thrown as object);
    else expect(payload).toBe(thrown);
  });
});

describe('what cannot be loaded or sent back is a panic, and the thread is kept', () => {
  test.each([
    ['a missing module', () => pool.spawnBlocking(gone.run), /there is no module at .*no-such-module/],
    ['a missing export', () => pool.spawnBlocking(here.run), /tasks\.mjs has no export "run"/],
    [
      'an export that is no function',
      () => pool.spawnBlocking(here.notAFunction),
      /"notAFunction" of tasks\.mjs is not a function/,
    ],
    ['a module that throws at load', () => pool.spawnBlocking(broken.run), /^not today$/],
    [
      'a result that cannot be cloned',
      () => pool.spawnBlocking(() => ({ rows: [{ parse: () => 1 }] }) as unknown),
      /^result\.rows\[0\]\.parse: function/,
    ],
  ] as [string, () => JoinHandle<unknown>, RegExp][])('%s', async (_, start, message) => {
    const before = pool.blocking.metrics().numBlockingThreads;
    expect(await panicOf(start())).toMatchObject({ message: expect.stringMatching(message) });
    expect(pool.blocking.metrics().numBlockingThreads).toBeGreaterThanOrEqual(before);
  });

  test('an argument that cannot be cloned is refused at the call', () => {
    const call = () => spawnBlocking((_: unknown) => 1, { onDone: () => 1 } as unknown);
    expect(call).toThrow('spawnBlocking: args[0].onDone: function cannot cross to another thread');
  });
});

describe('a thread that goes away is the crash of its job alone', () => {
  test.each([
    ['process.exit(0)', () => process.exit(0), 'its thread called process.exit(0)'],
    ['process.exit(1)', () => process.exit(1), 'its thread called process.exit(1)'],
    [
      'an uncaught exception',
      () => {
        setTimeout(() => {
          throw new TypeError('late');
        }, 1);
        return new Promise((resolve) => setTimeout(resolve, 60_000));
      },
      'its thread ended with an uncaught exception: late',
    ],
    [
      'an unhandled rejection',
      () => {
        void Promise.reject(new TypeError('unheard'));
        return new Promise((resolve) => setTimeout(resolve, 60_000));
      },
      'its thread ended with an unhandled rejection: unheard',
    ],
    [
      'no memory left',
      () => {
        const kept: object[] = [];
        for (;;) kept.push({ n: kept.length });
      },
      'its thread ran out of memory',
    ],
  ] as [string, () => unknown, string][])('%s', async (_, fn, what) => {
    const error = await joinErrorOf(pool.spawnBlocking(fn as () => number));
    expect([error.kind, error.message]).toEqual(['crash', `task ${error.id} crashed: ${what}`]);
    expect((await pool.spawnBlocking(here.add, 1, 2)).unwrap()).toBe(3);
  });

  test('jobs that wait for a thread which cannot be started crash, and so do later ones', async () => {
    // More stack than there is address space: the kernel refuses to make the thread.
    const none = new Runtime({ blocking: { maxThreads: 2, resourceLimits: { stackSizeMb: 1e9 } } });
    const handles = Array.from({ length: 5 }, () => none.spawnBlocking(() => 1));
    for (const handle of handles) expect((await joinErrorOf(handle)).message).toMatch(/could not be started/);
    expect((await joinErrorOf(none.spawnBlocking(() => 1))).message).toMatch(/could not be started/);
    await none.shutdown();
  });
});

test('a shutdown cancels what waits and what runs, and whatever comes later', async () => {
  const ending = new Runtime({ blocking: { maxThreads: 1 } });
  const handles = Array.from({ length: 5 }, () => ending.blocking.builder({ graceMs: 0 }).spawn(waiting));
  await ending.shutdown();
  handles.push(ending.spawnBlocking(waiting));
  for (const handle of handles) {
    const result = await handle;
    expect(result).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(result.ok || result.error.message).toContain('its runtime was shut down');
  }
  expect(ending.blocking.metrics().numBlockingThreads).toBe(0);
});

test('a shutdown that races the first job settles it, one way or the other', async () => {
  for (let round = 0; round < 10; round += 1) {
    const racing = new Runtime({ blocking: { maxThreads: 1 } });
    if (round % 2 === 0) (await racing.spawnBlocking(() => 1)).unwrap();
    const handle = racing.spawnBlocking(() => 2);
    await racing.shutdown();
    const result = await handle;
    expect(result.ok ? result.value : result.error.kind).toBe(result.ok ? 2 : 'cancelled');
  }
});

const bell = new Int32Array(new SharedArrayBuffer(4));
let neighbour: JoinHandle<string>;
let failed = 0;
let reported = 0;

beforeAll(() => {
  setPanicHook(() => {
    reported += 1;
  });
  neighbour = pool.spawnBlocking((bell: Int32Array) => {
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
  await pool.shutdown();
  expect(blocking.metrics().blockingQueueDepth).toBe(0);
});

async function joinErrorOf(handle: JoinHandle<unknown>): Promise<JoinError> {
  const result = await handle;
  if (result.ok) throw new Error(`expected an error, got ${String(result.value)}`);
  failed += 1;
  return result.error;
}

async function panicOf(handle: JoinHandle<unknown>): Promise<unknown> {
  const error = await joinErrorOf(handle);
  if (!error.isPanic()) throw error;
  return error.intoPanic();
}
