import { AsyncLocalStorage } from 'node:async_hooks';
import { sleep, spawn, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** A proxy that throws when it is asked for its prototype, as `instanceof` does. */
function untouchable(): object {
  return new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new Error('asked');
      },
    },
  );
}

/** An iterator whose step says "not done" to `yield*` and "done" to whoever asks next; its value throws. */
function twoFaced(): Iterable<never> {
  let asked = 0;
  const step = {
    get done() {
      asked += 1;
      return asked > 1;
    },
    get value(): never {
      throw new Error('no value');
    },
  };
  return { [Symbol.iterator]: () => ({ next: () => step }) } as Iterable<never>;
}

describe('a task ends, and nothing else does,', () => {
  it('when its cleanup throws a proxy that throws at a look', async () => {
    const { host, spawn } = byHand();
    const handles = [
      spawn(function* () {
        try {
          yield* sleep(1000);
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: the throw is what is tested
          throw untouchable();
        }
      }),
      spawn(async () => {
        try {
          await sleep(1000);
        } catch {
          throw untouchable();
        }
      }),
    ];
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    for (const handle of handles) {
      expect(handle.isFinished()).toBe(true);
      expect((await handle).ok).toBe(false);
    }
    const after = spawn(() => 'alive');
    await host.settle();
    expect(await outcomeOf(after)).toBe('alive');
  });

  it('when a step of its own iterator changes its mind', async () => {
    const { host, spawn } = byHand();
    const first = spawn(function* () {
      yield* twoFaced();
    });
    const later = spawn(function* () {
      yield* yieldNow();
      yield* twoFaced();
    });
    await host.settle();
    expect(await outcomeOf(first)).toBe('panic no value');
    expect(await outcomeOf(later)).toBe('panic no value');
  });
});

describe('the default value of a parameter', () => {
  it('is computed with the stores of the spawn, as the body is run', async () => {
    const store = new AsyncLocalStorage<string>();
    const handle = store.run('mine', () =>
      spawn(function* (given = store.getStore()) {
        yield* yieldNow();
        return [given, store.getStore()];
      }),
    );
    expect((await handle).unwrap()).toEqual(['mine', 'mine']);
  });
});
