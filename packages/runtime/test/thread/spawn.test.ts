import {
  type JoinError,
  move,
  type Result,
  type Spawn,
  setPanicHook,
  spawn,
  tasksFrom,
  thread,
} from '@heddle/runtime';
import { describe, expect, test } from 'vitest';

const tasks = tasksFrom<{
  add: (a: number, b: number) => number;
  greetSlowly: (name: string) => string;
  whoAmI: () => number;
  osThread: () => { id: number; comm: string };
  stampAndReturn: (bytes: Uint8Array) => Uint8Array;
  spawnTwo: () => [Result<number, JoinError>, Result<never, JoinError>];
  throwOn: () => void;
  leaveThree: (words: Int32Array) => number[];
}>(new URL('./modules/tasks.mjs', import.meta.url));

const onLinux = process.platform === 'linux';

describe('thread.spawn', () => {
  test('runs plain, async and generator functions, from a module and inline', async () => {
    const handles = [
      thread.spawn(tasks.add, 1, 2),
      thread.spawn((a: number, b: number) => a + b, 1, 2),
      thread.spawn(async (text: string) => text.length, 'abc'),
    ];
    for (const handle of handles) expect((await handle).unwrap()).toBe(3);
    expect((await thread.spawn(tasks.greetSlowly, 'ada')).unwrap()).toBe('hello, ada');
  });

  test('is a Spawn like any other', async () => {
    const twice = async (spawner: Spawn) => {
      const results = await Promise.all([spawner(tasks.add, 1, 1), spawner(tasks.add, 2, 2)]);
      return results.map((result) => result.unwrap());
    };
    expect(await twice(spawn)).toEqual(await twice(thread.spawn));
  });

  test('gives a handle with an id and a name, by which the function is known inside too', async () => {
    const named = thread.builder({ name: 'ada lovelace' });
    const handle = named.spawn(tasks.whoAmI);
    expect(handle.name).toBe('ada lovelace');
    expect((await handle).unwrap()).toBe(handle.id);
    expect(thread.spawn(() => 1).name).toBe(undefined);
  });

  test('gives the same outcome however often it is awaited, and to a generator task', async () => {
    const handle = thread.spawn(() => ({ answer: 42 }));
    const result = await handle;
    const inTask = await spawn(function* () {
      return (yield* handle).unwrap();
    });
    expect(await handle).toBe(result);
    expect(inTask.unwrap()).toBe(result.unwrap());
  });

  test('is not finished while the thread waits, and then is, without being joined', async () => {
    const words = shared(2);
    const handle = thread.spawn((words: Int32Array) => {
      Atomics.store(words, 0, 1);
      Atomics.wait(words, 1, 0);
      return 1234;
    }, words);
    await until(() => Atomics.load(words, 0) === 1);
    expect(handle.isFinished()).toBe(false);
    ring(words, 1);
    await until(() => handle.isFinished());
    expect((await handle).unwrap()).toBe(1234);
  });

  test('runs beside this thread, which goes on meanwhile', async () => {
    const words = shared(2);
    const handle = thread.spawn((words: Int32Array) => {
      Atomics.store(words, 0, 1);
      while (Atomics.load(words, 1) === 0);
      return 'done';
    }, words);
    await until(() => Atomics.load(words, 0) === 1);
    let ticks = 0;
    await until(() => ticks++ === 3);
    Atomics.store(words, 1, 1);
    expect((await handle).unwrap()).toBe('done');
  });

  test('has written what it wrote when its handle is joined', async () => {
    const words = shared(64);
    await thread.spawn((words: Int32Array) => {
      for (let at = 0; at < words.length; at += 1) words[at] = at;
    }, words);
    expect([...words]).toEqual([...words.keys()]);
  });

  test('has run the cleanup of a panic when its handle reports it', async () => {
    setPanicHook(() => undefined);
    const words = shared(1);
    const handle = thread.spawn((words: Int32Array) => {
      try {
        throw new Error('boom');
      } finally {
        words[0] = 1;
      }
    }, words);
    expect((await handle).ok).toBe(false);
    expect(words[0]).toBe(1);
    setPanicHook(null);
  });

  test('moves what is marked to be moved, there and back', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const handle = thread.spawn(tasks.stampAndReturn, move(bytes));
    expect(bytes.length).toBe(0);
    expect((await handle).unwrap()).toEqual(new Uint8Array([9, 2, 3]));
  });

  test('can be used on a thread, and its errors come through as they are', async () => {
    const handle = thread.spawn(tasks.spawnTwo);
    const [value, error] = (await handle).unwrap();
    expect(value.unwrap()).toBe(2);
    expect(error.ok ? undefined : error.error.isCrash()).toBe(true);
    expect(() => error.unwrap()).toThrow('its thread called process.exit(3)');
  });

  test('does not report a panic that was thrown on from a thread which has reported it', async () => {
    let reports = 0;
    setPanicHook(() => {
      reports += 1;
    });
    const result = await thread.spawn(tasks.throwOn);
    expect(result.ok ? undefined : result.error.intoPanic()).toMatchObject({ message: 'boom' });
    expect(reports).toBe(0);
    setPanicHook(null);
  });
});

describe('what a function leaves on its thread ends with it', () => {
  test('tasks and threads are aborted, and their cleanup has run before the answer', async () => {
    const words = shared(3);
    const handle = thread.spawn(tasks.leaveThree, words);
    expect((await handle).unwrap()).toEqual([0, 0, 1]);
    expect([...words]).toEqual([1, 1, 2]);
  });
});

describe('a thread is a thread of the operating system', () => {
  test.skipIf(!onLinux)('with an id of its own, and its name as far as the kernel keeps it', async () => {
    const [plain, long, odd] = await Promise.all([
      thread.builder({ name: 'ada lovelace' }).spawn(tasks.osThread),
      thread.builder({ name: 'ééééééééé' }).spawn(tasks.osThread),
      thread.builder({ name: 'a\nb' }).spawn(tasks.osThread),
    ]);
    expect(plain.unwrap().comm).toBe('ada lovelace\n');
    expect(long.unwrap().comm).toBe('ééééééé\n');
    expect(odd.unwrap().comm).toBe('a\\nb\n');
    const ids = [plain, long, odd].map((result) => result.unwrap().id);
    expect(new Set([...ids, thread.osThreadId()]).size).toBe(4);
  });

  test('of which the machine runs some at a time', () => {
    expect(thread.availableParallelism()).toBeGreaterThan(0);
  });

  test('and costs two messages, which are counted', async () => {
    const before = thread.metrics();
    await thread.spawn(() => 1);
    const after = thread.metrics();
    expect({
      started: after.threadsStarted - before.threadsStarted,
      sent: after.messagesSent - before.messagesSent,
      received: after.messagesReceived - before.messagesReceived,
    }).toEqual({ started: 1, sent: 1, received: 1 });
  });
});

function shared(words: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * words));
}

function ring(words: Int32Array, at: number): void {
  Atomics.store(words, at, 1);
  Atomics.notify(words, at);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
