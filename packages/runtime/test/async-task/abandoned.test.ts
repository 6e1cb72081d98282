import { shielded, sleep, task, yieldNow } from '@heddle/runtime';
import { describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

/** A promise that is not of heddle, and its end. */
function foreign(): { readonly promise: Promise<string>; readonly resolve: (value: string) => void } {
  let resolve = (_: string): void => {};
  const promise = new Promise<string>((give) => {
    resolve = give;
  });
  return { promise, resolve };
}

/** Spawns an async body with options. A handle that an async function returned would be joined. */
async function built(
  { host, spawn }: ReturnType<typeof byHand>,
  options: Parameters<typeof task.builder>[0],
  body: () => Promise<unknown>,
) {
  const outer = spawn(() => ({ handle: task.builder(options).spawn(body) }));
  await host.settle();
  return (await outer).unwrap();
}

describe('an aborted async body that sits on a promise that is not of heddle', () => {
  it('is abandoned after a second, and what it does later is ignored', async () => {
    const { host, runtime, spawn } = byHand();
    const lines: string[] = [];
    const { promise, resolve } = foreign();
    const handle = spawn(async () => {
      lines.push(await promise);
      await sleep(1);
      lines.push('unreachable');
    });
    await host.settle();
    handle.abort('enough');
    await host.advance(999);
    expect(await outcomeOf(handle)).toBe('not finished');
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('cancelled and abandoned');
    expect(await handle).toMatchObject({
      error: { cause: 'enough', message: `task ${handle.id} was cancelled` },
    });
    expect(runtime.metrics()).toMatchObject({ abandonedTasksCount: 1, numAliveTasks: 0 });
    resolve('it came after all');
    await host.advance(1000);
    expect(lines).toEqual(['it came after all']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled and abandoned', 0]);
  });

  it('is not abandoned when the promise comes in time', async () => {
    const { host, spawn } = byHand();
    const { promise, resolve } = foreign();
    const handle = spawn(async () => await promise);
    await host.settle();
    handle.abort();
    await host.advance(999);
    resolve('in time');
    await host.settle();
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('panics when it fails in time, and is ignored when it fails later', async () => {
    const by = byHand();
    const fails = foreign();
    const { handle } = await built(by, { abandonAfterMs: 5 }, async () => {
      await fails.promise;
      throw new Error('nobody hears this');
    });
    handle.abort();
    await by.host.advance(5);
    fails.resolve('too late');
    await by.host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled and abandoned');
  });

  it.each([
    [0, 0, 'cancelled and abandoned'],
    [0.5, 1, 'cancelled and abandoned'],
    [5000, 4999, 'not finished'],
    [5000, 5000, 'cancelled and abandoned'],
    [Number.POSITIVE_INFINITY, 1e9, 'not finished'],
    [false, 1e9, 'not finished'],
  ] as const)('with `abandonAfterMs: %s` is, after %s ms, %s', async (abandonAfterMs, afterMs, end) => {
    const by = byHand();
    const { promise } = foreign();
    const { handle } = await built(by, { abandonAfterMs }, () => promise);
    handle.abort();
    await by.host.advance(afterMs);
    expect(await outcomeOf(handle)).toBe(end);
  });
});

describe('an aborted async body that swallows its abort', () => {
  const swallow = async (refused: () => void) => {
    for (;;) {
      try {
        await sleep(1000);
      } catch {
        refused();
      }
    }
  };

  it('is abandoned at the hundredth operation that was refused, and not answered any more', async () => {
    const { host, spawn } = byHand();
    let refused = 0;
    const handle = spawn(swallow, () => {
      refused += 1;
    });
    const other = spawn(async () => {
      await sleep(1);
      return 'served';
    });
    await host.settle();
    handle.abort();
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('cancelled and abandoned');
    expect(await outcomeOf(other)).toBe('served');
    // The one that it waited in, and 99 that were refused from their beginning.
    expect([refused, host.pendingTimers]).toEqual([100, 0]);
  });

  it('goes on for ever with `abandonAfterMs: false`, and keeps nobody waiting', async () => {
    const by = byHand();
    let refused = 0;
    const { handle } = await built(by, { abandonAfterMs: false }, async () => {
      await sleep(1000).then(undefined, () => {});
      while (refused < 1000) {
        try {
          await yieldNow();
        } catch {
          refused += 1;
        }
      }
    });
    handle.abort();
    await by.host.settle();
    expect([refused, await outcomeOf(handle)]).toEqual([1000, 'cancelled']);
  });
});

it('a body that is abandoned inside `shielded` withdraws what it waits for there', async () => {
  const by = byHand();
  const { handle } = await built(by, { abandonAfterMs: 5 }, async () => {
    await shielded(async () => {
      await Promise.all([sleep(1000), sleep(2000)]);
    });
  });
  handle.abort();
  await by.host.advance(5);
  expect([await outcomeOf(handle), by.host.pendingTimers]).toEqual(['cancelled and abandoned', 0]);
});
