import { type JoinHandle, sleep, task, yieldNow } from '@heddle/runtime';
import { describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('the current task', () => {
  it('has the id of its handle, before and after it has waited, and others have others', async () => {
    const { host, spawn } = byHand();
    const inGenerator = function* () {
      const before = task.id();
      yield* sleep(1);
      return before === task.id() ? before : -1;
    };
    const inAsync = async () => {
      const before = task.id();
      await sleep(1);
      return before === task.tryId() ? before : -1;
    };
    const handles: JoinHandle<number>[] = [spawn(inGenerator), spawn(inAsync), spawn(() => task.id())];
    await host.advance(1);
    const ids = await Promise.all(handles.map(async (handle) => (await handle).unwrap()));
    expect(ids).toEqual(handles.map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
  });

  it('has its id in its cleanup too', async () => {
    const { host, spawn } = byHand();
    const ids: (number | undefined)[] = [];
    const handle = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        ids.push(task.tryId());
        yield* yieldNow();
        ids.push(task.tryId());
      }
    });
    await host.settle();
    handle.abort();
    await host.settle();
    expect(ids).toEqual([handle.id, handle.id]);
  });

  it('is none outside any: there is no id, no signal, and nothing was aborted', () => {
    expect([task.tryId(), task.isAborted()]).toEqual([undefined, false]);
    expect(() => task.id()).toThrow("Can't get a task id when not inside a task.");
    expect(() => task.signal).toThrow("Can't get a task's signal when not inside a task.");
  });
});

describe('task.signal', () => {
  it('fires in the very call of abort, with its reason, and only once', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const body = function* () {
      const { signal } = task;
      signal.addEventListener('abort', () => lines.push(`fired: ${signal.reason}`));
      yield* sleep(1000);
    };
    const handle = spawn(body);
    await host.settle();
    handle.abort('first');
    lines.push('abort returned');
    handle.abort('second');
    await host.settle();
    expect([lines, await outcomeOf(handle)]).toEqual([['fired: first', 'abort returned'], 'cancelled']);
  });

  it('has fired when it is first asked for after the abort', async () => {
    const { host, spawn } = byHand();
    const seen: unknown[] = [];
    const handle = spawn(async () => {
      try {
        await sleep(1000);
      } finally {
        const { signal } = task;
        seen.push(signal.aborted, signal.reason, task.isAborted(), task.signal === signal);
      }
    });
    await host.settle();
    handle.abort('why');
    await host.settle();
    expect(seen).toEqual([true, 'why', true, true]);
  });

  it('does not fire when the task ends by itself', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(() => task.signal);
    await host.settle();
    handle.abort();
    expect((await handle).unwrap().aborted).toBe(false);
  });
});

describe('task.isAborted', () => {
  it('is true from the abort on, in a body that does not wait', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<boolean[]> = spawn(() => {
      const before = task.isAborted();
      handle.abort();
      return [before, task.isAborted()];
    });
    await host.settle();
    expect((await handle).unwrap()).toEqual([false, true]);
  });
});
