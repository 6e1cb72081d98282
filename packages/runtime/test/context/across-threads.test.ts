import type { AsyncLocalStorage } from 'node:async_hooks';
import {
  move,
  sleep,
  spawn,
  spawnBlocking,
  type TaskLocal,
  taskLocal,
  tasksFrom,
  thread,
} from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silencePanics } from '../by-hand.js';

interface Everything {
  readonly request: AsyncLocalStorage<{ readonly id: string; readonly onEnd?: () => void }>;
  readonly odd: AsyncLocalStorage<string>;
  readonly captured: unknown[];
  readonly TRACE: TaskLocal<unknown>;
  readonly LOCAL: TaskLocal<string>;
}
const both = tasksFrom<{ everything: () => Everything }>(new URL('./modules/request.mjs', import.meta.url));
const { request, odd, captured, TRACE, LOCAL } = (await spawn(both.everything)).unwrap();

const tasks = tasksFrom<{
  seenAsync: () => string[];
  seenInGenerator: () => string[];
  seenAtOnce: () => string[];
  seenFurther: () => string[];
  traceOf: () => unknown;
  write: (words: Int32Array<ArrayBufferLike>) => void;
}>(new URL('./modules/tasks.mjs', import.meta.url));

class Teller {
  declare readonly seen: () => Promise<string[]>;
}
const actors = tasksFrom<{ Teller: typeof Teller }>(new URL('./modules/tasks.mjs', import.meta.url));

const bodies = [tasks.seenAsync, tasks.seenInGenerator, tasks.seenAtOnce] as const;

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** The message of what a spawn on a thread in this context panics with. */
async function panicIn(
  run: (spawned: () => unknown) => unknown,
  words: Int32Array<ArrayBufferLike>,
): Promise<string> {
  const { error } = (await run(() => thread.spawn(tasks.write, words))) as { error: { cause: Error } };
  return error.cause.message;
}

const inRequest = (id: string, run: () => unknown) => request.run({ id }, run);

describe('on a thread, in every poll of the function and of what it spawns,', () => {
  test('are the context of its own request and the task-locals that travel', async () => {
    const requests = ['a', 'b'].map((id) =>
      request.run({ id }, async () => {
        const all: string[][] = [];
        await LOCAL.scope(`stays ${id}`, () =>
          TRACE.scope(`trace ${id}`, async () => {
            for (const body of bodies) all.push((await thread.spawn(body)).unwrap());
          }),
        );
        return new Set(all.flat());
      }),
    );
    const seen = await Promise.all(requests);
    expect(seen).toEqual([new Set(['a/trace a/undefined']), new Set(['b/trace b/undefined'])]);
  });

  test('are none where there are none', async () => {
    const seen = (await thread.spawn(tasks.seenAsync)).unwrap();
    expect(new Set(seen)).toEqual(new Set(['undefined/undefined/undefined']));
  });

  test('are those of the spawn, on a thread that the thread spawns too', async () => {
    const handle = request.run({ id: 'a' }, () =>
      TRACE.syncScope('t', () => thread.spawn(tasks.seenFurther)),
    );
    expect(new Set((await handle).unwrap())).toEqual(new Set(['a/t/undefined']));
  });

  test('are the task-locals of an inline function, whose module it loads itself', async () => {
    const handle = TRACE.syncScope('t', () =>
      thread.spawn(
        async (url) => {
          const { TRACE } = await import(url);
          return TRACE.get();
        },
        new URL('./modules/request.mjs', import.meta.url).href,
      ),
    );
    expect((await handle).unwrap()).toBe('t');
  });
});

test('a job of the pool has them as a thread does, and the next job on its thread has its own', async () => {
  const jobs = ['a', 'b', undefined, 'c'].map((id) => {
    const job = () => TRACE.syncScope(`trace ${id}`, () => spawnBlocking(tasks.seenInGenerator));
    return id === undefined ? spawnBlocking(tasks.seenInGenerator) : request.run({ id }, job);
  });
  const seen = (await Promise.all(jobs)).map((result) => new Set(result.unwrap()));
  const whose = ['a/trace a', 'b/trace b', 'undefined/undefined', 'c/trace c'];
  expect(seen).toEqual(whose.map((who) => new Set([`${who}/undefined`])));
  for (const what of ['throws first', 'throws later', 'never calls']) {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const result = await odd.run(what, () => spawnBlocking(tasks.write, words));
    expect([result.ok, words[0]]).toEqual([false, 0]);
  }
  expect((await spawnBlocking(tasks.seenAtOnce)).unwrap()).toEqual(['undefined/undefined/undefined']);
});

describe('a value that travels', () => {
  test('goes to a cooperative task and to a thread by one rule: with the spawn', async () => {
    const seen = await TRACE.scope('t', async () => {
      await sleep(1);
      return Promise.all([spawn(tasks.traceOf), thread.spawn(tasks.traceOf)]);
    });
    expect(seen.map((result) => result.unwrap())).toEqual(['t', 't']);
  });

  test('crosses as an argument does', async () => {
    const value = { map: new Map([[1, new Date(0)]]) };
    const handle = TRACE.syncScope(value, () => thread.spawn(tasks.traceOf));
    expect((await handle).unwrap()).toEqual(value);
    const bytes = new Uint8Array([1, 2]);
    const moved = TRACE.syncScope(move(bytes), () => thread.spawn(tasks.traceOf));
    expect([(await moved).unwrap(), bytes.length]).toEqual([new Uint8Array([1, 2]), 0]);
  });

  test('may be undefined', async () => {
    const handle = TRACE.syncScope(undefined, () => thread.spawn(tasks.traceOf));
    expect((await handle).unwrap()).toBe(undefined);
  });

  test('that cannot cross is refused at the spawn, by the name of its local', () => {
    const { threadsStarted } = thread.metrics();
    const spawned = () => TRACE.syncScope({ onEnd: () => 1 }, () => thread.spawn(tasks.traceOf));
    expect(spawned).toThrow(
      expect.objectContaining({
        message: 'thread.spawn: taskLocal("test.trace").onEnd: function cannot cross to another thread.',
        code: 'ERR_NOT_SENDABLE',
      }),
    );
    expect(thread.metrics().threadsStarted).toBe(threadsStarted);
  });
});

describe('a registered context', () => {
  test('is captured once for each spawn to a thread, and never for a task here', async () => {
    captured.length = 0;
    await inRequest('a', async () => {
      await spawn(tasks.seenAtOnce);
      await Promise.all([thread.spawn(tasks.seenAtOnce), thread.spawn(tasks.seenAtOnce)]);
    });
    expect(captured).toEqual(['a', 'a']);
  });

  test('that cannot cross is refused at the spawn, by name', () => {
    const store = { id: 'a', onEnd: () => undefined };
    expect(() => request.run(store, () => thread.spawn(tasks.seenAtOnce))).toThrow(
      'thread.spawn: registerContext("test.request").onEnd: function cannot cross to another thread.',
    );
  });

  test.each(['throws first', 'throws later', 'never calls'])(
    'whose `run` %s makes a panic of the task, which does not begin',
    async (what) => {
      const words = new Int32Array(new SharedArrayBuffer(4));
      const message = await panicIn((spawned) => odd.run(what, spawned), words);
      const said = {
        'throws first': 'threw: no context today',
        'throws later': 'threw: no context any more',
        'never calls': 'did not call its function',
      }[what];
      expect(message).toBe(`registerContext: run() of the context "test.odd" ${said}`);
      expect(words[0]).toBe(0);
    },
  );

  test('whose `run` calls its function twice starts the task once', async () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const result = await odd.run('calls twice', () => thread.spawn(tasks.write, words));
    expect([result.ok, words[0]]).toEqual([true, 1]);
  });

  test('that the thread does not know is left out', async () => {
    const handle = request.run({ id: 'a' }, () => thread.spawn((n) => n + 1, 1));
    expect((await handle).unwrap()).toBe(2);
  });
});

describe('the calls of an actor', () => {
  test('have each the context of its own caller', async () => {
    const teller = request.run({ id: 'maker' }, () =>
      TRACE.syncScope('making', () => thread.actor(actors.Teller)),
    );
    const { remote } = teller;
    const requests = ['a', 'b'].map((id) =>
      request.run({ id }, () => TRACE.syncScope(`trace ${id}`, () => remote.seen())),
    );
    const seen = [...(await Promise.all(requests)), await remote.seen()].map((list) => new Set(list));
    const whose = ['a/trace a', 'b/trace b', 'undefined/undefined'].map(
      (who) => new Set([`${who}/undefined`]),
    );
    expect(seen).toEqual(whose);
    await teller.stop();
  });

  test('are refused when their context cannot go along, and the actor goes on', async () => {
    const teller = thread.actor(actors.Teller);
    const { remote } = teller;
    const refused = TRACE.syncScope(
      () => 1,
      () => outcomeOf(() => remote.seen()),
    );
    expect(await refused).toContain('taskLocal("test.trace"): function cannot cross to another thread.');
    const failed = odd.run('throws first', () => outcomeOf(() => remote.seen()));
    expect(await failed).toContain('run() of the context "test.odd" threw: no context today');
    expect(await remote.seen()).toHaveLength(3);
    await teller.stop();
  });
});

async function outcomeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    return String(await call());
  } catch (error) {
    return (error as Error).message;
  }
}

test('a local of this test alone does no harm on a thread', async () => {
  const ONLY_HERE = taskLocal<number>('test.only-here', { travels: true });
  const handle = ONLY_HERE.syncScope(1, () => thread.spawn(() => 'ran'));
  expect((await handle).unwrap()).toBe('ran');
});
