import { getEventListeners } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JoinHandle, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import { describe, expect, test } from 'vitest';

type OnWords = (words: Int32Array) => unknown;
const tasks = tasksFrom<{
  tellBeginAndEnd: OnWords;
  tellBeginAndEndInSteps: OnWords;
  spinUntilAborted: OnWords;
  waitForSignal: OnWords;
  throwInCleanup: OnWords;
  exitWhenAborted: OnWords;
}>(new URL('./modules/tasks.mjs', import.meta.url));
const slow = tasksFrom<{ answer: () => number }>(new URL('./modules/slow-to-load.mjs', import.meta.url));

/** So long that a test which waits for it fails. */
const patient = thread.builder({ graceMs: 3_600_000 });

describe('an abort before the function has begun', () => {
  test('keeps it from running, and gives cancelled with the first reason', async () => {
    const words = shared();
    const handle = thread.spawn((words: Int32Array) => {
      words[0] = 1;
    }, words);
    handle.abort('first');
    handle.abort('second');
    expect(await endOf(handle)).toEqual(['cancelled', 'first']);
    expect(words[0]).toBe(0);
  });

  test('starts no thread when its signal has fired before the spawn', async () => {
    const { threadsStarted } = thread.metrics();
    const handle = thread.builder({ signal: AbortSignal.abort('stop') }).spawn(() => 1);
    expect(handle.isFinished()).toBe(true);
    expect(await endOf(handle)).toEqual(['cancelled', 'stop']);
    expect(thread.metrics().threadsStarted).toBe(threadsStarted);
  });
});

describe('an abort while the function runs', () => {
  test.each([
    ['ends an async function by a throw', tasks.tellBeginAndEnd],
    ['ends a generator function by a return, whose cleanup may wait', tasks.tellBeginAndEndInSteps],
    ['is seen by a loop that never gives up the thread', tasks.spinUntilAborted],
    ['fires task.signal, also when nothing else is left to wait for', tasks.waitForSignal],
  ])('%s', async (_, fn) => {
    const { handle, words } = await begun(patient.spawn, fn);
    handle.abort('enough');
    handle.abort('again');
    expect(await endOf(handle)).toEqual(['cancelled', 'enough']);
    expect(words[0]).toBe(2);
  });

  test('terminates a thread that does not listen, and then no cleanup runs', async () => {
    const { handle, words } = await begun(thread.builder({ graceMs: 5 }).spawn, deaf);
    handle.abort();
    expect(await endOf(handle)).toEqual(['cancelled', undefined]);
    expect(words[0]).toBe(1);
  });

  test('terminates it at once when there is no grace', async () => {
    const { handle, words } = await begun(thread.builder({ graceMs: 0 }).spawn, tasks.tellBeginAndEnd);
    handle.abortHandle().abort();
    expect(await endOf(handle)).toEqual(['cancelled', undefined]);
    expect(words[0]).toBe(1);
  });

  test('gives a panic when the cleanup throws', async () => {
    setPanicHook(() => undefined);
    const { handle } = await begun(patient.spawn, tasks.throwInCleanup);
    handle.abort();
    expect(await endOf(handle)).toEqual(['panic', new Error('cleanup failed')]);
    setPanicHook(null);
  });

  test('gives cancelled when the function answers it with process.exit()', async () => {
    const { handle } = await begun(patient.spawn, tasks.exitWhenAborted);
    handle.abort();
    expect(await endOf(handle)).toEqual(['cancelled', undefined]);
  });

  test('abandons a thread that sits in a system call', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heddle-'));
    const [begun, enough] = [join(folder, 'begun'), join(folder, 'enough')];
    const handle = thread.builder({ graceMs: 0 }).spawn(
      async (begun: string, enough: string) => {
        const { execFileSync } = await import('node:child_process');
        const program = `
          const fs = require('node:fs');
          fs.writeFileSync(process.argv[1], '');
          setInterval(() => fs.existsSync(process.argv[2]) && process.exit(), 10);`;
        execFileSync(process.execPath, ['-e', program, begun, enough]);
      },
      begun,
      enough,
    );
    await until(() => existsSync(begun));
    handle.abort();
    const result = await handle;
    expect(result.ok ? undefined : [result.error.kind, result.error.isAbandoned()]).toEqual([
      'cancelled',
      true,
    ]);
    expect(thread.metrics().threadsAlive).toBe(1);
    writeFileSync(enough, '');
    await until(() => thread.metrics().threadsAlive === 0);
    rmSync(folder, { recursive: true });
  });
});

describe('an abort too late', () => {
  test('leaves the value of a thread that has answered', async () => {
    const words = shared();
    const handle = thread.spawn((words: Int32Array) => {
      // Exit handlers run when the answer is on its way.
      process.on('exit', () => {
        Atomics.store(words, 0, 1);
        Atomics.notify(words, 0);
      });
      return 'answered';
    }, words);
    Atomics.wait(words, 0, 0);
    handle.abort();
    expect((await handle).unwrap()).toBe('answered');
  });

  test('does nothing after the end', async () => {
    const handle = thread.spawn(() => 1);
    await handle;
    handle.abort();
    expect((await handle).unwrap()).toBe(1);
  });
});

describe('the options that abort', () => {
  test('signal aborts when it fires, and is let go of at the end', async () => {
    const controller = new AbortController();
    const { handle } = await begun(
      thread.builder({ graceMs: 3_600_000, signal: controller.signal }).spawn,
      tasks.tellBeginAndEnd,
    );
    controller.abort('closing');
    expect(await endOf(handle)).toEqual(['cancelled', 'closing']);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('timeoutMs aborts, and says so', async () => {
    const { handle, words } = await begun(
      thread.builder({ graceMs: 3_600_000, timeoutMs: 20 }).spawn,
      tasks.tellBeginAndEnd,
    );
    expect(await endOf(handle)).toEqual(['cancelled', new Error('timeoutMs: 20 ms have passed')]);
    expect(words[0]).toBe(2);
  });

  test('timeoutMs counts from the beginning of the function, not from the spawn', async () => {
    const handle = thread.builder({ timeoutMs: 300 }).spawn(slow.answer);
    expect((await handle).unwrap()).toBe(42);
  });
});

function deaf(words: Int32Array): void {
  Atomics.store(words, 0, 1);
  try {
    for (;;);
  } finally {
    words[0] = 3;
  }
}

function shared(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** A thread whose function has begun: it says so in its first word. */
async function begun(
  spawn: typeof thread.spawn,
  fn: OnWords | (typeof tasks)[keyof typeof tasks],
): Promise<{ handle: JoinHandle<unknown>; words: Int32Array }> {
  const words = shared();
  const handle = spawn(fn, words);
  await until(() => Atomics.load(words, 0) !== 0);
  return { handle, words };
}

async function endOf(handle: JoinHandle<unknown>): Promise<unknown[]> {
  const result = await handle;
  return result.ok ? ['value', result.value] : [result.error.kind, result.error.cause];
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
