import {
  type JoinHandle,
  JoinSet,
  join,
  select,
  setPanicHook,
  sleep,
  spawn,
  type ThreadScope,
  thread,
} from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

const panics = (): undefined => {
  throw new Error('boom');
};
/** Adds one to the first word, when the second has been set. */
const addWhenReleased = (words: Int32Array) => {
  Atomics.wait(words, 1, 0);
  return Atomics.add(words, 0, 1);
};

/** The ways to join a thread that panics. */
const joined: readonly (readonly [string, (s: ThreadScope) => unknown])[] = [
  ['awaited', async (s: ThreadScope) => void (await s.spawn(panics))],
  [
    'joined by yield*',
    function* (s: ThreadScope) {
      yield* s.spawn(panics);
    },
  ],
  [
    'unwrapped and caught',
    async (s: ThreadScope) =>
      s
        .spawn(panics)
        .unwrap()
        .then(null, () => undefined),
  ],
  [
    'one of two that were joined',
    async (s: ThreadScope) => void (await join(s.spawn(panics), s.spawn(panics))),
  ],
  ['the branch that won', async (s: ThreadScope) => void (await select({ first: s.spawn(panics) }))],
  [
    'in a JoinSet',
    async (s: ThreadScope) => {
      const set = new JoinSet<undefined>();
      set.add(s.spawn(panics));
      await set.joinNext();
    },
  ],
  [
    'awaited after it had ended',
    async (s: ThreadScope) => {
      const handle = s.spawn(panics);
      while (!handle.isFinished()) await sleep(1);
      await handle;
    },
  ],
];

describe('thread.scope', () => {
  test('waits for the threads that its body has left, and gives the value of the body', async () => {
    const words = shared(1);
    const value = await thread.scope((s) => {
      s.spawn((words: Int32Array) => Atomics.add(words, 0, 1), words);
      s.builder({ name: 'third' }).spawn((words: Int32Array) => Atomics.add(words, 0, 3), words);
      return 'done';
    });
    expect([value, words[0]]).toEqual(['done', 4]);
    expect(thread.metrics().threadsAlive).toBe(0);
  });

  test.each([
    ['an async body', async (s: ThreadScope) => (await s.spawn(() => 2)).unwrap()],
    [
      'a generator body',
      function* (s: ThreadScope) {
        return (yield* s.spawn(() => 2)).unwrap();
      },
    ],
    ['a body without threads', () => 2],
  ])('gives what %s gives', async (_, body) => {
    expect(await thread.scope(body as (s: ThreadScope) => number)).toBe(2);
  });

  test('works within a generator task', async () => {
    const handle = spawn(function* () {
      return yield* thread.scope(function* (s) {
        const [left, right] = yield* join(
          s.spawn(() => 1),
          s.spawn(() => 2),
        );
        return left.unwrap() + right.unwrap();
      });
    });
    expect((await handle).unwrap()).toBe(3);
  });

  test.each([
    ['panicked', panics],
    ['crashed', () => process.exit(3)],
  ])(
    'throws "a scoped thread %s" after all have ended, when that one was not joined',
    async (what, fails) => {
      const words = shared(2);
      const scoped = thread.scope((s) => {
        s.spawn(addWhenReleased, words);
        s.spawn(fails).abortHandle();
      });
      const thrown = scoped.then(
        () => undefined,
        (error: Error) => [words[0], error.message, (error.cause as Error).message],
      );
      await until(() => thread.metrics().threadsAlive === 1);
      release(words);
      expect(await thrown).toEqual([
        1,
        `a scoped thread ${what}`,
        expect.stringMatching(what === 'panicked' ? /boom/ : /process\.exit\(3\)/),
      ]);
    },
  );

  test.each(joined)('does not throw for a panic that was %s', async (_, body) => {
    await expect(thread.scope(body)).resolves.toBeUndefined();
  });

  test('does not throw for a panic that another task is waiting for', async () => {
    const words = shared(2);
    let joined: PromiseLike<string> | undefined;
    await thread.scope((s) => {
      const handle = s.spawn((words: Int32Array) => {
        Atomics.wait(words, 1, 0);
        throw new Error('boom');
      }, words);
      joined = handle.then((result) => (result.ok ? 'ok' : result.error.kind));
      release(words);
    });
    expect(await joined).toBe('panic');
  });

  test('does not throw for a thread that was aborted by its handle', async () => {
    const aborted = thread.scope((s) => {
      s.builder({ graceMs: 0 })
        .spawn(() => {
          for (;;);
        })
        .abort();
      return 'done';
    });
    expect(await aborted).toBe('done');
  });

  test.each([
    [
      'a plain body',
      () => {
        throw new RangeError('body');
      },
    ],
    [
      'an async body',
      async () => {
        await sleep(1);
        throw new RangeError('body');
      },
    ],
    [
      'a generator body',
      function* () {
        yield* sleep(1);
        throw new RangeError('body');
      },
    ],
  ])('throws what %s threw, after all have ended, whatever they did', async (_, body) => {
    const words = shared(2);
    const scoped = thread.scope((s: ThreadScope): unknown => {
      s.spawn(addWhenReleased, words);
      s.spawn(panics);
      return (body as () => unknown)();
    });
    const thrown = scoped.then(
      () => undefined,
      (error: unknown) => [words[0], error],
    );
    await until(() => thread.metrics().threadsAlive === 1);
    release(words);
    expect(await thrown).toEqual([1, new RangeError('body')]);
  });

  test('waits for threads that are spawned after its body has ended, while others run', async () => {
    const words = shared(2);
    let late: PromiseLike<unknown> | undefined;
    await thread.scope((s) => {
      s.spawn(addWhenReleased, words);
      late = s
        .spawn(() => 1)
        .then(() => {
          s.spawn(addWhenReleased, words);
          release(words);
        });
    });
    await late;
    expect(words[0]).toBe(2);
  });

  test('waits for the threads of a thread that opens a scope of its own', async () => {
    const words = shared(2);
    await thread.scope((s) => {
      s.spawn(async (words: Int32Array) => {
        const { thread } = await import('@heddle/runtime');
        await thread.scope((inner) => {
          inner.spawn((words: Int32Array) => {
            Atomics.wait(words, 1, 0);
            Atomics.add(words, 0, 1);
          }, words);
          Atomics.store(words, 1, 1);
          Atomics.notify(words, 1);
        });
      }, words);
    });
    expect(words[0]).toBe(1);
  });

  test('takes no more threads once it has ended', async () => {
    let kept: ThreadScope | undefined;
    await thread.scope((s) => {
      kept = s;
    });
    const { threadsStarted } = thread.metrics();
    expect(() => kept?.spawn(() => 1)).toThrow(
      new Error('thread.scope: it has ended, so it takes no more threads'),
    );
    expect(thread.metrics().threadsStarted).toBe(threadsStarted);
  });

  test('refuses what is no function', () => {
    expect(() => thread.scope(1 as never)).toThrow(new TypeError('thread.scope: expected a function, got 1'));
  });
});

describe('an abort of who waits for a scope', () => {
  test.each([
    ['an async task', async (body: (s: ThreadScope) => unknown) => void (await thread.scope(body))],
    [
      'a generator task',
      function* (body: (s: ThreadScope) => unknown) {
        yield* thread.scope(body);
      },
    ],
  ])('%s: aborts the threads, which end before the task does', async (_, task) => {
    const words = shared(3);
    const handle = spawn(task as (body: (s: ThreadScope) => unknown) => unknown, (s: ThreadScope) => {
      s.builder({ graceMs: 3_600_000 }).spawn(async (words: Int32Array) => {
        const { sleep } = await import('@heddle/runtime');
        Atomics.store(words, 0, 1);
        try {
          await sleep(3_600_000);
        } finally {
          Atomics.store(words, 1, 1);
        }
      }, words);
    });
    await until(() => Atomics.load(words, 0) === 1);
    handle.abort();
    const result = await handle;
    expect(result.ok ? result : result.error.kind).toBe('cancelled');
    expect(words[1]).toBe(1);
    expect(thread.metrics().threadsAlive).toBe(0);
  });

  test('aborts the body too, and threads that its cleanup starts', async () => {
    const words = shared(2);
    let late: JoinHandle<number> | undefined;
    const handle = spawn(async () => {
      await thread.scope(async (s) => {
        s.spawn((words: Int32Array) => Atomics.store(words, 0, 1), words);
        try {
          await sleep(3_600_000);
        } finally {
          late = s.spawn(() => 1);
        }
      });
    });
    await until(() => Atomics.load(words, 0) === 1);
    handle.abort();
    const result = await handle;
    expect(result.ok ? result : result.error.kind).toBe('cancelled');
    expect(late?.isFinished()).toBe(true);
    expect(await late?.then((result) => (result.ok ? result : result.error.kind))).toBe('cancelled');
    expect(thread.metrics().threadsAlive).toBe(0);
  });
});

function shared(words: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * words));
}

function release(words: Int32Array): void {
  Atomics.store(words, 1, 1);
  Atomics.notify(words, 1);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
