import { AsyncLocalStorage } from 'node:async_hooks';
import { join, shielded, sleep, yieldNow } from '@heddle/runtime';
import { describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

const request = new AsyncLocalStorage<string>();

/** Begins an operation by hand, with callbacks of every number, and says which store each of them sees. */
async function storesOf(begin: () => PromiseLike<unknown>): Promise<unknown[]> {
  const see = () => request.getStore();
  const fail = () => 'threw';
  return await Promise.all([
    begin().then(see),
    begin().then(see, fail),
    begin().then(undefined, fail).then(see),
  ]);
}

describe('a callback that is given to the `then` of an operation', () => {
  it('sees the store that is active where it is given, outside any task', async () => {
    const { host, spawn } = byHand();
    const body = function* (): Generator<never, void> {};
    const seen = Promise.all([
      request.run('first', () => storesOf(() => spawn(body))),
      request.run('second', () => storesOf(() => spawn(body))),
    ]);
    await host.settle();
    expect(await seen).toEqual([
      ['first', 'first', 'first'],
      ['second', 'second', 'second'],
    ]);
  });

  it('sees the store of its task, in two tasks that wait for one moment', async () => {
    const { host, spawn } = byHand();
    const body = () => storesOf(() => sleep(5));
    const first = request.run('first', () => spawn(body));
    const second = request.run('second', () => spawn(body));
    const none = spawn(body);
    await host.advance(5);
    expect((await first).unwrap()).toEqual(['first', 'first', 'first']);
    expect((await second).unwrap()).toEqual(['second', 'second', 'second']);
    expect((await none).unwrap()).toEqual([undefined, undefined, undefined]);
  });

  it('belongs to its task: what it waits for is told of the abort', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(async () => {
      await sleep(1).then(
        () => sleep(10_000),
        () => lines.push('unreachable'),
      );
    });
    await host.advance(1);
    handle.abort();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
    expect(host.pendingTimers).toBe(0);
  });

  it('belongs to the shielded part that it was given in', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(async () => {
      try {
        await sleep(10_000);
      } finally {
        await shielded(async () => {
          await sleep(1).then(() => sleep(1));
          lines.push('cleaned up');
        });
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(2);
    expect(lines).toEqual(['cleaned up']);
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('is called in a generator branch that an async task waits for', async () => {
    const { host, spawn } = byHand();
    const body = async () =>
      await join(
        (function* () {
          yield* sleep(1);
          return request.getStore();
        })(),
      );
    const first = request.run('first', () => spawn(body));
    const second = request.run('second', () => spawn(body));
    await host.advance(1);
    expect([(await first).unwrap(), (await second).unwrap()]).toEqual([['first'], ['second']]);
  });
});

describe('what an async body leaves behind when it returns', () => {
  it('goes on by itself, as a promise that nobody holds does', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const audit = async (name: string) => {
      await yieldNow();
      await sleep(5);
      lines.push(`${name} audited`);
      await sleep(5);
      lines.push(`${name} audited again`);
    };
    const returned = spawn(async () => void audit('async'));
    const plain = spawn(() => void audit('plain'));
    const late = spawn(async () => {
      await yieldNow();
      void audit('late');
    });
    await host.settle();
    expect(await Promise.all([returned, plain, late].map(outcomeOf))).toEqual(Array(3).fill('undefined'));
    await host.advance(10);
    expect(lines).toEqual([
      'async audited',
      'plain audited',
      'late audited',
      'async audited again',
      'plain audited again',
      'late audited again',
    ]);
  });

  it('goes on beside the generator that a plain function returned', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(() => {
      void yieldNow().then(() => lines.push('yielded'));
      void sleep(1).then(() => lines.push('slept'));
      return (function* () {
        yield* sleep(2);
        return 'done';
      })();
    });
    await host.advance(2);
    expect(lines).toEqual(['yielded', 'slept']);
    expect(await outcomeOf(handle)).toBe('done');
  });
});

describe('a generator task that an async task spawned', () => {
  it('is no part of its parent: an await in it is not told of the parent’s abort, nor lost at its end', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const parent = spawn(async () => {
      spawn(function* () {
        void (async () => {
          await sleep(5);
          lines.push('child’s helper slept');
        })();
        yield* sleep(10);
        lines.push('child slept');
      });
      await sleep(1000);
    });
    await host.settle();
    parent.abort();
    await host.advance(10);
    expect(await outcomeOf(parent)).toBe('cancelled');
    expect(lines).toEqual(['child’s helper slept', 'child slept']);
  });
});
