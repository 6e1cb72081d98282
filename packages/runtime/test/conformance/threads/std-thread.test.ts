import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setPanicHook, type Thread, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deviates } from '../deviates.js';

/**
 * What std promises of its threads in its own tests and examples, row by row. Over each test stands its source; "here"
 * says where this library decides otherwise, and then the test is of what it decides.
 */
const modules = tasksFrom<{ tellCleanupThenThrow: (words: Int32Array) => void }>(
  new URL('./modules/tasks.mjs', import.meta.url),
);

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

// std tests.rs: test_unnamed_thread, test_named_thread
test('std-thread/1 an unnamed thread has no name, and the name of a builder is seen from inside', async () => {
  const ownName = async () => {
    const { thread } = await import('@heddle/runtime');
    return thread.current().name;
  };
  expect((await thread.spawn(ownName)).unwrap()).toBeUndefined();
  expect((await thread.builder({ name: 'ada lovelace' }).spawn(ownName)).unwrap()).toBe('ada lovelace');
});

// std tests.rs: test_is_finished
test('std-thread/2 isFinished is false while the thread waits, becomes true without a join, and the join gives the value', async () => {
  const words = shared(2);
  const handle = thread.spawn((words: Int32Array) => {
    Atomics.store(words, 1, 1);
    Atomics.wait(words, 0, 0);
    return 1234;
  }, words);
  await until(() => Atomics.load(words, 1) === 1);
  expect(handle.isFinished()).toBe(false);
  release(words);
  await until(() => handle.isFinished());
  expect((await handle).unwrap()).toBe(1234);
});

// std tests.rs: test_try_panic_message_string_literal, test_try_panic_any_message_owned_str, test_try_panic_any_message_any…
test('std-thread/3 the error of a join holds what was thrown: a text, a number, an object, an error', async () => {
  const payloads = ['static string', 'owned'.concat(' string'), 413, { juju: true }, new RangeError('own')];
  for (const payload of payloads) {
    const result = await thread.spawn((payload: unknown) => {
      throw payload;
    }, payload);
    expect(result.ok ? result : result.error.intoPanic()).toEqual(payload);
  }
});

// std tests.rs: test_park_unpark_called_other_thread
test('std-thread/4 park blocks until another thread unparks it; a spawn does not take the token', async () => {
  const words = shared(3);
  const handle = thread.spawn(async (words: Int32Array) => {
    const { thread } = await import('@heddle/runtime');
    // The token is left before a spawn, and is there after it.
    thread.current().unpark();
    const child = thread.spawn((parent: Thread) => parent.id, thread.current());
    thread.park();
    child.blockingJoin().unwrap();
    Atomics.store(words, 1, 1);
    while (Atomics.load(words, 0) === 0) {
      thread.park();
      Atomics.add(words, 2, 1);
    }
    return 'unparked';
  }, words);
  await until(() => Atomics.load(words, 1) === 1);
  await anotherLife();
  expect([handle.isFinished(), Atomics.load(words, 2)]).toEqual([false, 0]);
  Atomics.store(words, 0, 1);
  thread.of(handle).unpark();
  expect((await handle).unwrap()).toBe('unparked');
});

// std tests.rs: test_park_timeout_unpark_before, test_park_timeout_unpark_called_other_thread
test('std-thread/5 parkTimeout of an hour returns early for a token that was left, or is left later, and not before', async () => {
  const words = shared(2);
  const handle = thread.spawn(async (words: Int32Array) => {
    const { thread } = await import('@heddle/runtime');
    thread.current().unpark();
    thread.parkTimeout(3_600_000);
    Atomics.store(words, 0, 1);
    thread.parkTimeout(3_600_000);
    Atomics.store(words, 1, 1);
    return 'returned';
  }, words);
  await until(() => Atomics.load(words, 0) === 1);
  await anotherLife();
  expect([handle.isFinished(), Atomics.load(words, 1)]).toEqual([false, 0]);
  (await thread.spawn((parked: Thread) => parked.unpark(), thread.of(handle))).unwrap();
  expect((await handle).unwrap()).toBe('returned');
});

// std tests.rs: test_park_timeout_unpark_not_called
test('std-thread/6 parkTimeout returns by itself, once its time has passed', async () => {
  const handle = thread.spawn(async () => {
    const { thread } = await import('@heddle/runtime');
    const startMs = performance.now();
    thread.parkTimeout(10);
    return performance.now() - startMs;
  });
  expect((await handle).unwrap()).toBeGreaterThanOrEqual(10);
});

// ui tests: unwind-resource
test('std-thread/7 when a thread panics, its cleanup runs before the join says so', async () => {
  const words = shared(1);
  const result = await thread.spawn(modules.tellCleanupThenThrow, words);
  expect([result.ok ? result : result.error.kind, words[0]]).toEqual(['panic', 1]);
});

// std docs, spawn: join returns closure value. Here a handle may be joined again, and gives the same.
test('std-thread/8 a join gives what the function gave, and so does a second join', async ({ task }) => {
  deviates(task, 'joinTwice');
  const handle = thread.spawn((left: number, right: number) => left + right, 1, 2);
  const first = await handle;
  expect(first.unwrap()).toBe(3);
  expect(await handle).toBe(first);
  expect(handle.blockingJoin()).toBe(first);
});

// std docs, spawn: dropping the handle detaches. Here a thread keeps the process alive until it is detached.
test('std-thread/9 a thread goes on when nobody keeps its handle; the end of the process ends one that is detached', async () => {
  const words = shared(2);
  thread.spawn((words: Int32Array) => {
    Atomics.wait(words, 0, 0);
    Atomics.store(words, 1, 1);
  }, words);
  release(words);
  await until(() => Atomics.load(words, 1) === 1);

  expect(run("thread.spawn(() => process._rawDebug('ended'));")).toBe('ended\n');
  const forever = 'async () => { for (;;) await new Promise((go) => setTimeout(go, 1_000)); }';
  expect(run(`thread.spawn(${forever}).detach();`)).toBe('');
});

// std docs, spawn: OS failure throws, Builder.spawn returns the error. Here the handle gives it, as a crash.
test('std-thread/10 a thread that cannot be started is a crash of its task, and throws nothing', async ({
  task,
}) => {
  deviates(task, 'failureIsInTheHandle');
  // More stack than there is address space: the kernel refuses to make the thread.
  const handle = thread.builder({ resourceLimits: { stackSizeMb: 1e9 } }).spawn(() => 1);
  const result = await handle;
  expect(result.ok ? result : [result.error.kind, result.error.message]).toEqual([
    'crash',
    expect.stringContaining('could not be started'),
  ]);
});

// std docs, spawn: result may outlive parent. Here what a thread leaves behind ends with it, by an abort.
test('std-thread/11 a child does not outlive the thread that spawned it: it is aborted, and awaited', async ({
  task,
}) => {
  deviates(task, 'leftTasksAreAborted');
  const words = shared(2);
  const parent = thread.spawn(async (words: Int32Array) => {
    const { thread } = await import('@heddle/runtime');
    const child = thread.builder({ graceMs: 3_600_000 }).spawn(async (words: Int32Array) => {
      const { sleep } = await import('@heddle/runtime');
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
      try {
        await sleep(3_600_000);
      } finally {
        Atomics.store(words, 1, 1);
      }
    }, words);
    Atomics.wait(words, 0, 0);
    return child.isFinished() ? 'the child ended first' : 'parent ended';
  }, words);
  expect((await parent).unwrap()).toBe('parent ended');
  expect(words[1]).toBe(1);
});

// std docs: is_finished may precede full exit. Here a handle settles when the thread is gone.
test('std-thread/12 isFinished is true only when nothing of the thread is left, and then a join does not block', async () => {
  const words = shared(1);
  const { threadsAlive } = thread.metrics();
  const handle = thread.spawn((words: Int32Array) => {
    process.on('exit', () => Atomics.store(words, 0, 1));
    return 1;
  }, words);
  await until(() => handle.isFinished());
  expect([words[0], thread.metrics().threadsAlive]).toEqual([1, threadsAlive]);
  expect(handle.blockingJoin({ timeoutMs: 0 }).unwrap()).toBe(1);
});

// std docs: join happens-before
test('std-thread/13 all that a finished thread wrote to shared memory is seen after the join', async () => {
  const words = shared(1_000);
  await thread.spawn((words: Int32Array) => {
    for (let at = 0; at < words.length; at += 1) words[at] = at;
  }, words);
  expect([...words]).toEqual([...words.keys()]);
});

// std docs, park: spurious wake-ups allowed; token is at most one
test('std-thread/14 two unparks before a park leave one token: a first park returns at once, a second waits', async () => {
  const words = shared(3);
  const handle = thread.spawn(async (words: Int32Array) => {
    const { thread } = await import('@heddle/runtime');
    thread.current().unpark();
    thread.current().unpark();
    thread.park();
    Atomics.store(words, 1, 1);
    while (Atomics.load(words, 0) === 0) {
      thread.park();
      Atomics.add(words, 2, 1);
    }
  }, words);
  await until(() => Atomics.load(words, 1) === 1);
  await anotherLife();
  expect([handle.isFinished(), Atomics.load(words, 2)]).toEqual([false, 0]);
  Atomics.store(words, 0, 1);
  thread.of(handle).unpark();
  (await handle).unwrap();
});

// std docs, scope: auto-join
test('std-thread/15 a scope waits for the threads that nobody joined, and what was lent to them is there again', async () => {
  const a = new Int32Array(new SharedArrayBuffer(12));
  a.set([1, 2, 3]);
  const x = shared(1);
  await thread.scope((s) => {
    s.spawn((a: Int32Array) => a[0], a);
    s.spawn(
      (x: Int32Array, a: Int32Array) => {
        x[0] = (x[0] as number) + (a[0] as number) + (a[2] as number);
      },
      x,
      a,
    );
  });
  expect([x[0], a.length + 1]).toEqual([4, 4]);
});

// std docs, scope: unjoined panic
test('std-thread/16 a scope throws "a scoped thread panicked" for one that was not joined, and nothing for one that was', async () => {
  const fails = (): undefined => {
    throw new Error('boom');
  };
  await expect(thread.scope((s) => void s.spawn(fails))).rejects.toThrow('a scoped thread panicked');
  const joined: unknown = await thread.scope(async (s): Promise<string> => {
    const result = await s.spawn(fails);
    return result.ok ? 'ok' : result.error.kind;
  });
  expect(joined).toBe('panic');
});

// std docs, scope: closure panic wins
test('std-thread/17 what the body of a scope throws is thrown on, but only after all threads have ended', async () => {
  const words = shared(2);
  const thrown = thread
    .scope((s): void => {
      s.spawn((words: Int32Array) => {
        Atomics.wait(words, 0, 0);
        Atomics.store(words, 1, 1);
      }, words);
      throw new RangeError('body');
    })
    .then(
      () => undefined,
      (error: unknown) => [words[1], error],
    );
  await until(() => thread.metrics().threadsAlive > 0);
  release(words);
  expect(await thrown).toEqual([1, new RangeError('body')]);
});

// std docs, scope: nested spawn. Here a thread that spawns into a scope opens one of its own.
test('std-thread/18 the threads that scoped threads spawn are awaited too', async ({ task }) => {
  deviates(task, 'methodsStay');
  const words = shared(4);
  let over = false;
  const scope = thread.scope((s) => {
    expect(() => s.spawn((scope: unknown) => scope, s as unknown)).toThrow(TypeError);
    s.spawn(async (words: Int32Array) => {
      const { thread } = await import('@heddle/runtime');
      await thread.scope((inner) => {
        for (let child = 0; child < 2; child += 1) {
          inner.spawn((words: Int32Array) => {
            Atomics.add(words, 2, 1);
            Atomics.wait(words, 0, 0);
            Atomics.add(words, 1, 1);
          }, words);
        }
      });
      words[3] = words[1] as number;
    }, words);
  });
  const ended = scope.then(() => {
    over = true;
  });
  await until(() => Atomics.load(words, 2) === 2);
  expect([over, words[1]]).toEqual([false, 0]);
  release(words);
  await ended;
  expect([words[1], words[3]]).toEqual([2, 2]);
});

function shared(words: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * words));
}

function release(words: Int32Array): void {
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
}

/**
 * Waits for the whole life of a thread: long enough for one that only seems to be parked to show that it is not. One
 * that is parked is not a step further, however long it was.
 */
async function anotherLife(): Promise<void> {
  (await thread.spawn(() => 1)).unwrap();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a program of its own writes to stderr. */
function run(body: string): string {
  const program = `import { thread } from '@heddle/runtime'; ${body}`;
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const flags = ['--input-type=module', '--eval', program];
  return spawnSync(process.execPath, flags, { cwd, encoding: 'utf8' }).stderr;
}
