import { type JoinHandle, sleep, TaskCancelled, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('an abort of a generator task', () => {
  it('keeps the body from beginning, and a generator object from its first line', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const body = function* () {
      try {
        lines.push('began');
      } finally {
        lines.push('cleaned up');
      }
    };
    const handles = [spawn(body), spawn(body())];
    for (const handle of handles) handle.abort();
    await host.settle();
    expect(lines).toEqual([]);
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['cancelled', 'cancelled']);
  });

  it('runs `finally` and no `catch`, from the innermost out, at the next turn', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const inner = function* () {
      try {
        yield* sleep(1000);
      } catch {
        lines.push('unreachable');
      } finally {
        lines.push('inner');
      }
    };
    const handle = spawn(function* () {
      try {
        yield* inner();
        lines.push('unreachable');
      } finally {
        lines.push('outer');
      }
    });
    await host.settle();
    handle.abort();
    lines.push('abort returned');
    await host.settle();
    expect(lines).toEqual(['abort returned', 'inner', 'outer']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('counts once: a second one leaves a waiting `finally` alone', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(5);
        lines.push('slept');
        yield* yieldNow();
        lines.push('yielded');
      }
    });
    await host.settle();
    handle.abort('first');
    await host.settle();
    handle.abort('second');
    await host.advance(4);
    expect([handle.isFinished(), lines]).toEqual([false, []]);
    handle.abort('third');
    await host.advance(1);
    expect(lines).toEqual(['slept', 'yielded']);
    expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'first' } });
  });

  it('drops what the cleanup returns, at once or after it has waited', async () => {
    const { host, spawn } = byHand();
    const handles = [false, true].map((waits) =>
      spawn(function* () {
        try {
          yield* sleep(1000);
        } finally {
          if (waits) yield* yieldNow();
          // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
          return 5;
        }
      }),
    );
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['cancelled', 'cancelled']);
  });

  it('is a panic when the cleanup throws, at once or after it has waited', async () => {
    const { host, spawn } = byHand();
    const handles = [false, true].map((waits) =>
      spawn(function* () {
        try {
          yield* sleep(1000);
        } finally {
          if (waits) yield* yieldNow();
          // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
          throw 'cleanup';
        }
      }),
    );
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['panic cleanup', 'panic cleanup']);
    expect(silencePanics.reported.map(({ payload }) => payload)).toEqual(['cleanup', 'cleanup']);
  });

  it('leaves the value of a poll that was running and completed', async () => {
    const { host, spawn } = byHand();
    const first: JoinHandle<string> = spawn(function* () {
      first.abort();
      return 'in its first poll';
    });
    const later: JoinHandle<string> = spawn(function* () {
      yield* yieldNow();
      later.abort();
      return 'in a later poll';
    });
    await host.settle();
    expect([await outcomeOf(first), await outcomeOf(later)]).toEqual([
      'in its first poll',
      'in a later poll',
    ]);
  });

  it('tells a body that aborted itself when it suspends, be it that its operation is ready', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const done = spawn(function* () {});
    await host.settle();
    const handle: JoinHandle<void> = spawn(function* () {
      handle.abort();
      try {
        yield* done;
        lines.push('what is ready does not suspend');
        yield* yieldNow();
        lines.push('unreachable');
      } finally {
        lines.push('cleaned up');
      }
    });
    await host.settle();
    expect(lines).toEqual(['what is ready does not suspend', 'cleaned up']);
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('wins over what the task was woken for in the same moment', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    spawn(function* () {
      yield* sleep(5);
      handle.abort();
      lines.push('aborted');
    });
    const handle = spawn(function* () {
      yield* sleep(5);
      lines.push('unreachable');
    });
    await host.advance(5);
    expect([lines, await outcomeOf(handle)]).toEqual([['aborted'], 'cancelled']);
  });

  it('lets one task abort another, and itself be aborted by it', async () => {
    const { host, spawn } = byHand();
    const first: JoinHandle<string> = spawn(function* () {
      yield* yieldNow();
      second.abort();
      yield* sleep(1000);
      return 'unreachable';
    });
    const second: JoinHandle<void> = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        first.abort();
      }
    });
    await host.settle();
    expect([await outcomeOf(first), await outcomeOf(second)]).toEqual(['cancelled', 'cancelled']);
    expect(host.pendingTimers).toBe(0);
  });
});

it('TaskCancelled is what an operation throws, and never what a generator task is aborted with', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(function* () {
    throw new TaskCancelled(7);
  });
  await host.settle();
  // Nobody aborted it: it only looks so.
  expect(await outcomeOf(handle)).toBe('panic task 7 was cancelled');
});
