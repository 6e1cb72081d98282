import { setTimeout as elapsed } from 'node:timers/promises';
import { isMainThread, threadId } from 'node:worker_threads';
import { main, setPanicHook, sleep, spawn, type Thread, thread } from '@heddle/runtime';
import { describe, expect, test } from 'vitest';

/** Parks until the word says so, and counts in the next how often it was parked. */
const parkUntilSet = async (words: Int32Array) => {
  const { task, thread } = await import('@heddle/runtime');
  Atomics.store(words, 1, 1);
  while (Atomics.load(words, 0) === 0 && !task.isAborted()) thread.park();
  return task.isAborted() ? 'aborted' : 'released';
};

describe('thread.current', () => {
  test('is the thread that calls, which its handle gives too', async () => {
    const named = thread.builder({ name: 'ada lovelace' });
    const handle = named.spawn(async () => {
      const { thread } = await import('@heddle/runtime');
      const { threadId } = await import('node:worker_threads');
      const { id, name, osThreadId } = thread.current();
      return { id, name, osThreadId, same: id === threadId && osThreadId === thread.osThreadId() };
    });
    const outside = thread.of(handle);
    expect(outside.id).toBeGreaterThan(0);
    expect(outside.name).toBe('ada lovelace');
    const inside = (await handle).unwrap();
    const { id, name, osThreadId } = outside;
    expect(inside).toEqual({ id, name, osThreadId, same: true });
  });

  test('is named "main" on the first thread of the process, and is the same object each time', () => {
    const { id, name, osThreadId } = thread.current();
    expect([id, name, osThreadId]).toEqual([
      threadId,
      isMainThread ? 'main' : undefined,
      thread.osThreadId(),
    ]);
    expect(thread.current()).toBe(thread.current());
  });

  test('crosses to another thread and back as itself', async () => {
    const handle = thread.spawn(async (main: Thread) => {
      const { thread } = await import('@heddle/runtime');
      return { main, mainId: main.id, own: thread.current(), others: [main, main] };
    }, thread.current());
    const { main, mainId, own, others } = (await handle).unwrap();
    expect(main).toBeInstanceOf(thread.current().constructor);
    expect([main.id, main.name, mainId]).toEqual([thread.current().id, thread.current().name, main.id]);
    expect(own.id).toBe(thread.of(handle).id);
    expect(others.map(({ id }) => id)).toEqual([main.id, main.id]);
  });
});

describe('thread.of', () => {
  test('says that a thread which was aborted before it started is none', () => {
    const handle = thread.builder({ signal: AbortSignal.abort() }).spawn(() => 1);
    expect(thread.of(handle).id).toBe(-1);
    expect(thread.of(handle).osThreadId).toBeUndefined();
    thread.of(handle).unpark();
  });

  test('refuses the handle of a task, which has no thread of its own', async () => {
    const handle = spawn(async () => 1);
    expect(() => thread.of(handle)).toThrow(
      new TypeError(
        `thread.of: expected a handle of thread.spawn, got TaskHandle [handle of task ${handle.id}] {}`,
      ),
    );
    await handle;
  });
});

describe('park', () => {
  test('waits until another thread unparks it, and sees what was written before', async () => {
    const words = shared(2);
    const handle = thread.spawn(parkUntilSet, words);
    await until(() => Atomics.load(words, 1) === 1);
    await elapsed(5);
    expect(handle.isFinished()).toBe(false);
    Atomics.store(words, 0, 1);
    thread.of(handle).unpark();
    expect((await handle).unwrap()).toBe('released');
  });

  test('takes a token that was left before the thread began', async () => {
    const words = shared(2);
    const handle = thread.spawn(parkUntilSet, words);
    Atomics.store(words, 0, 1);
    thread.of(handle).unpark();
    expect((await handle).unwrap()).toBe('released');
  });

  test('is unparked by a thread that was sent the handle of this one', async () => {
    const words = shared(2);
    const sleeper = thread.spawn(parkUntilSet, words);
    const waker = thread.spawn(
      (sleeper: Thread, words: Int32Array) => {
        while (Atomics.load(words, 1) === 0);
        Atomics.store(words, 0, 1);
        sleeper.unpark();
      },
      thread.of(sleeper),
      words,
    );
    (await waker).unwrap();
    expect((await sleeper).unwrap()).toBe('released');
  });

  test('keeps one token of two, so that a second park waits', async () => {
    const words = shared(2);
    const handle = thread.spawn(async (words: Int32Array) => {
      const { thread } = await import('@heddle/runtime');
      thread.current().unpark();
      thread.current().unpark();
      thread.park();
      Atomics.store(words, 0, 1);
      thread.parkTimeout(20);
      Atomics.store(words, 0, 2);
      thread.park();
      Atomics.store(words, 0, 3);
    }, words);
    await until(() => Atomics.load(words, 0) === 2);
    await elapsed(5);
    expect(Atomics.load(words, 0)).toBe(2);
    thread.of(handle).unpark();
    (await handle).unwrap();
    expect(words[0]).toBe(3);
  });

  test('blocks the first thread too, which another unparks', async () => {
    const words = shared(1);
    const handle = thread.spawn(
      (main: Thread, words: Int32Array) => {
        Atomics.store(words, 0, 1);
        main.unpark();
      },
      thread.current(),
      words,
    );
    while (Atomics.load(words, 0) === 0) thread.park();
    (await handle).unwrap();
  });

  test('leaves the tokens of other threads alone', async () => {
    const words = [shared(2), shared(2)] as const;
    const handles = words.map((own) => thread.spawn(parkUntilSet, own));
    for (const own of words) await until(() => Atomics.load(own, 1) === 1);
    Atomics.store(words[0], 0, 1);
    thread.of(handles[0] as never).unpark();
    expect((await handles[0])?.unwrap()).toBe('released');
    expect(handles[1]?.isFinished()).toBe(false);
    Atomics.store(words[1], 0, 1);
    thread.of(handles[1] as never).unpark();
    expect((await handles[1])?.unwrap()).toBe('released');
  });
});

describe('an abort', () => {
  test('unparks a parked thread, which then sees that it is aborted', async () => {
    const words = shared(3);
    const handle = thread.builder({ graceMs: 3_600_000 }).spawn(async (words: Int32Array) => {
      const { task, thread } = await import('@heddle/runtime');
      Atomics.store(words, 0, 1);
      while (!task.isAborted()) thread.park();
      Atomics.store(words, 1, 1);
    }, words);
    await until(() => Atomics.load(words, 0) === 1);
    handle.abort('enough');
    const result = await handle;
    expect(result.ok ? result : [result.error.kind, result.error.cause]).toEqual(['cancelled', 'enough']);
    expect(words[1]).toBe(1);
  });

  test('terminates a parked thread that goes on parking', async () => {
    const words = shared(1);
    const handle = thread.builder({ graceMs: 5 }).spawn(async (words: Int32Array) => {
      const { thread } = await import('@heddle/runtime');
      Atomics.store(words, 0, 1);
      for (;;) thread.park();
    }, words);
    await until(() => Atomics.load(words, 0) === 1);
    handle.abort();
    const result = await handle;
    expect(result.ok ? result : [result.error.kind, result.error.isAbandoned()]).toEqual([
      'cancelled',
      false,
    ]);
  });
});

describe('parkTimeout', () => {
  test('returns by itself, no earlier than it says', () => {
    const beganMs = performance.now();
    thread.parkTimeout(10);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(10);
  });

  test('returns at once for a token that was left before, and takes it', () => {
    thread.current().unpark();
    thread.parkTimeout(3_600_000);
    thread.parkTimeout(0);
  });

  test('returns when it is unparked, however long it would wait', async () => {
    const handle = thread.spawn((main: Thread) => main.unpark(), thread.current());
    thread.parkTimeout(3_600_000);
    (await handle).unwrap();
  });

  test.each([
    ['1', TypeError, "thread.parkTimeout: timeoutMs must be a number of milliseconds, got '1'"],
    [-1, RangeError, 'thread.parkTimeout: timeoutMs must be zero or more milliseconds, got -1'],
  ])('refuses %j', (ms, Kind, message) => {
    const call = () => thread.parkTimeout(ms as number);
    expect(call).toThrow(Kind);
    expect(call).toThrow(message);
  });
});

describe('a thread that has other tasks', () => {
  test('is not parked, and the task that asks is told what to do', async () => {
    setPanicHook(() => undefined);
    const other = spawn(() => sleep(1));
    const handle = spawn(async () => thread.park());
    const { error } = (await handle) as { error?: Error };
    expect(error?.cause).toEqual(
      new Error(
        'thread.park: this thread has 1 other task, which would not run meanwhile. Write `await receiver.recv()`.',
      ),
    );
    await other;
    setPanicHook(null);
  });

  test('is not parked by code outside of its tasks either', async () => {
    const other = spawn(() => sleep(1));
    expect(() => thread.parkTimeout(1)).toThrow('this thread has 1 other task');
    await other;
    expect(() => thread.parkTimeout(1)).not.toThrow();
  });

  test('is parked when the task that asks is the only one', async () => {
    const value = await main(async () => {
      thread.current().unpark();
      thread.park();
      return 'parked';
    });
    expect(value).toBe('parked');
  });
});

function shared(words: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * words));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
