import { setTimeout as nodeSleep } from 'node:timers/promises';
import {
  join,
  select,
  shielded,
  sleep,
  spawn as spawnInside,
  TaskCancelled,
  task,
  yieldNow,
} from '@heddle/runtime';
import { Notify } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('an abort of an async task', () => {
  it('is thrown by the operation it waits for and by every one after it, as TaskCancelled', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const note = (error: unknown) => {
      if (!(error instanceof TaskCancelled)) throw error;
      lines.push(
        `${error.name} ${error.code} ${error.message === `task ${task.id()} was cancelled`} ${error.cause}`,
      );
    };
    const handle = spawn(async () => {
      for (const operation of [
        () => sleep(1000),
        () => yieldNow(),
        () => join(sleep(1)),
        () => spawnInside(() => 1),
      ]) {
        try {
          await operation();
          lines.push('unreachable');
        } catch (error) {
          note(error);
        }
      }
      return 'swallowed';
    });
    await host.settle();
    handle.abort('enough');
    await host.settle();
    expect(lines).toEqual(Array(4).fill('AbortError ERR_TASK_CANCELLED true enough'));
    expect(await outcomeOf(handle)).toBe('cancelled');
    expect(host.pendingTimers).toBe(0);
  });

  it('is told of all operations that it waits for at once', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const results = await Promise.allSettled([sleep(1000), join(sleep(2000), sleep(3000)), yieldNow()]);
      throw results
        .map((result) => (result.status === 'rejected' ? result.reason.name : 'yielded'))
        .join(' ');
    });
    await host.settle();
    handle.abort();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('panic AbortError AbortError yielded');
    expect(host.pendingTimers).toBe(0);
  });

  it('is no value, whether the body catches it and returns or lets it pass', async () => {
    const { host, spawn } = byHand();
    const lets = spawn(async () => await sleep(1000));
    const catches = spawn(async () => {
      try {
        await sleep(1000);
      } catch {}
      return 'a value';
    });
    await host.settle();
    for (const handle of [lets, catches]) handle.abort();
    await host.settle();
    expect([await outcomeOf(lets), await outcomeOf(catches)]).toEqual(['cancelled', 'cancelled']);
  });

  it('is a panic when the cleanup throws', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      try {
        await sleep(1000);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
        throw new Error('cleanup');
      }
    });
    await host.settle();
    handle.abort();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('panic cleanup');
  });

  it('lets a cleanup wait inside `shielded`, and tells it again after that', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(async () => {
      try {
        await sleep(1000);
      } finally {
        lines.push(
          await shielded(async () => {
            await sleep(1);
            await Promise.all([sleep(1), sleep(2)]);
            return 'shielded';
          }),
        );
        await yieldNow().then(undefined, (error: Error) => lines.push(error.name));
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(2);
    expect([lines, handle.isFinished()]).toEqual([[], false]);
    await host.advance(1);
    expect([lines, await outcomeOf(handle)]).toEqual([['shielded', 'AbortError'], 'cancelled']);
  });

  it('is not told to a task that is inside `shielded`, before it has left', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(async () => {
      await shielded(async () => {
        await sleep(5);
        lines.push('whole');
      });
      lines.push('left');
      await sleep(5);
      lines.push('unreachable');
    });
    await host.settle();
    handle.abort();
    await host.advance(20);
    expect([lines, await outcomeOf(handle)]).toEqual([['whole', 'left'], 'cancelled']);
  });

  it('fires `task.signal` in the same call, with the reason, which Node’s own functions listen to', async () => {
    const { host, spawn } = byHand();
    const lines: unknown[] = [];
    const listens = spawn(async () => {
      const { signal } = task;
      signal.addEventListener('abort', () => lines.push(['fired', signal.reason]));
      await nodeSleep(3_600_000, undefined, { signal });
    });
    const throwsReason = spawn(async () => {
      const { signal } = task;
      await new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
    });
    await host.settle();
    listens.abort('enough');
    lines.push('abort returned');
    throwsReason.abort(new Error('a reason of its own'));
    await host.settle();
    expect(lines).toEqual([['fired', 'enough'], 'abort returned']);
    expect([await outcomeOf(listens), await outcomeOf(throwsReason)]).toEqual(['cancelled', 'cancelled']);
    expect(host.pendingTimers).toBe(0);
  });

  it('has fired the signal of a task that asks for it later', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      await sleep(1000).then(undefined, () => {});
      throw task.signal.aborted ? task.signal.reason : 'not aborted';
    });
    await host.settle();
    const reason = new Error('enough');
    handle.abort(reason);
    await host.settle();
    expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: reason } });
  });

  it('is a panic when an AbortError comes from somewhere else', async () => {
    const { host, spawn } = byHand();
    const elsewhere = AbortSignal.abort();
    const handle = spawn(async () => {
      elsewhere.throwIfAborted();
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('panic This operation was aborted');
  });

  it('leaves the task that it waits for, and what loses a `select`', async () => {
    const { host, spawn } = byHand();
    const child = spawn(async () => await sleep(10));
    const handle = spawn(async () => await select({ child, late: sleep(1000) }));
    await host.settle();
    handle.abort();
    await host.settle();
    expect([await outcomeOf(handle), await outcomeOf(child), host.pendingTimers]).toEqual([
      'cancelled',
      'not finished',
      1,
    ]);
    await host.advance(10);
    expect(await outcomeOf(child)).toBe('undefined');
  });

  it('finishes the cleanup of a branch that was woken before and yields in it', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const notify = new Notify();
    const handle = spawn(async () => {
      await select({
        branch: function* () {
          try {
            yield* notify.notified();
          } finally {
            yield* yieldNow();
            lines.push('cleaned up');
          }
        },
      });
    });
    await host.settle();
    notify.notifyOne();
    handle.abort();
    await host.settle();
    expect([lines, await outcomeOf(handle)]).toEqual([['cleaned up'], 'cancelled']);
  });
});

describe('an operation that is refused, since its task was aborted', () => {
  /** An async task that sits on a foreign promise while it is aborted, and then awaits what `make` made before. */
  const abortedWith = async (make: () => PromiseLike<unknown>) => {
    const { host, spawn } = byHand();
    let release: () => void = () => undefined;
    const foreign = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handle = spawn(async () => {
      const made = make();
      await foreign;
      await made;
    });
    await host.settle();
    handle.abort();
    release();
    await host.settle();
    return { host, spawn, outcome: await outcomeOf(handle) };
  };

  it('gives up the place in line that it had', async () => {
    const notify = new Notify();
    const { host, spawn, outcome } = await abortedWith(() => {
      const notified = notify.notified();
      notified.enable();
      return notified;
    });
    expect(outcome).toBe('cancelled');
    const next = spawn(function* () {
      yield* notify.notified();
      return 'notified';
    });
    await host.settle();
    notify.notifyOne();
    await host.settle();
    expect(await outcomeOf(next)).toBe('notified');
  });

  it('can be used again where a lost branch could', async () => {
    let rest: ReturnType<typeof sleep> | undefined;
    const { host, spawn, outcome } = await abortedWith(() => {
      rest = sleep(10);
      return rest;
    });
    expect(outcome).toBe('cancelled');
    const other = spawn(async () => {
      await rest;
      return 'rested';
    });
    await host.advance(10);
    expect(await outcomeOf(other)).toBe('rested');
  });

  it('never begins its branches', async () => {
    const lines: string[] = [];
    const { host, outcome } = await abortedWith(() =>
      join(
        (function* () {
          lines.push('never begun');
          yield* yieldNow();
        })(),
      ),
    );
    await host.settle();
    expect([outcome, lines]).toEqual(['cancelled', []]);
  });
});
