import { join, sleep, spawn as spawnInside, task, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('an await of an operation in an async task', () => {
  it('goes on in the order in which the operations were ready, one body per poll', async () => {
    const { host, runtime, spawn } = byHand();
    const lines: string[] = [];
    const begin = (name: string, ms: number) =>
      spawn(async () => {
        for (let step = 1; step <= 2; step += 1) {
          await sleep(ms);
          lines.push(`${name} ${step} at ${host.now()}`);
        }
      });
    begin('slow', 3);
    begin('quick', 2);
    begin('other', 3);
    await host.advance(10);
    expect(lines).toEqual([
      'quick 1 at 2',
      'slow 1 at 3',
      'other 1 at 3',
      'quick 2 at 4',
      'slow 2 at 6',
      'other 2 at 6',
    ]);
    expect(runtime.metrics().pollCount).toBe(9);
  });

  it('may be one of several at once, of which each is answered', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const child = spawnInside(async () => {
        await sleep(2);
        return 'child';
      });
      const results = await Promise.all([
        child.unwrap(),
        join(sleep(3), sleep(1)),
        yieldNow(),
        sleep(1),
        'plain',
      ]);
      const first = await Promise.race([sleep(20).then(() => 'slow'), sleep(10).then(() => 'quick')]);
      return [...results.map(String), first].join('|');
    });
    await host.advance(13);
    expect(await outcomeOf(handle)).toBe('child|,|undefined|undefined|plain|quick');
  });

  it('is not lost when many are ready in one moment', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const all = Array.from({ length: 1000 }, (_, at) => sleep(at % 3).then(() => at));
      return (await Promise.all(all)).reduce((sum, at) => sum + at, 0);
    });
    await host.advance(2);
    expect(await outcomeOf(handle)).toBe('499500');
  });

  it('may be chained on like a promise, and its promise awaited more than once', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(async () => {
      const promise = Promise.resolve(sleep(1).then(() => 'slept'));
      promise.finally(() => lines.push('finally'));
      const failed = promise.then(() => {
        throw new Error('boom');
      });
      const caught = failed.catch((error: Error) => error.message);
      return [await promise, await promise, await caught].join(' ');
    });
    await host.advance(1);
    expect([await outcomeOf(handle), lines]).toEqual(['slept slept boom', ['finally']]);
  });

  it('throws what the operation throws', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const child = spawnInside(() => {
        throw new Error('boom');
      });
      try {
        await child.orThrow();
      } catch (error) {
        return `caught ${(error as Error).message}`;
      }
      return 'unreachable';
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('caught boom');
  });

  it('knows its task at every depth, and tells it from another', async () => {
    const { host, spawn } = byHand();
    const ids = async (): Promise<boolean[]> => {
      const own = task.id();
      const deep = async (depth: number): Promise<boolean> => {
        await yieldNow();
        return depth === 0 ? task.id() === own : await deep(depth - 1);
      };
      const after = await Promise.resolve().then(() => task.id() === own);
      return [await deep(3), after, (await sleep(1).then(() => task.id())) === own];
    };
    const handles = [spawn(ids), spawn(ids)];
    await host.advance(1);
    for (const handle of handles) expect((await handle).unwrap()).toEqual([true, true, true]);
    expect(task.tryId()).toBe(undefined);
  });
});

describe('an await of an operation outside any task', () => {
  it('goes on by itself, whether the operation is ready, becomes ready or fails', async () => {
    const { host, spawn } = byHand();
    const done = spawn(() => 'done');
    await host.settle();
    const later = spawn(async () => {
      await sleep(5);
      return 'later';
    });
    const waiting = Promise.all([done, later, join(done, later), later.unwrap()]);
    await host.advance(5);
    const [first, second, both, unwrapped] = await waiting;
    expect([first, second, ...both].map((result) => result.unwrap())).toEqual([
      'done',
      'later',
      'done',
      'later',
    ]);
    expect(unwrapped).toBe('later');
    await yieldNow();
    await expect(join(Promise.reject(new Error('boom'))).then()).rejects.toThrow('boom');
  });

  it('does not keep a task from being told apart: many wait for one, inside and outside', async () => {
    const { host, spawn } = byHand();
    const target = spawn(async () => {
      await sleep(5);
      return 'target';
    });
    const outside = Array.from({ length: 50 }, async () => (await target).unwrap());
    const inside = Array.from({ length: 50 }, () => spawn(async () => (await target).unwrap()));
    inside[7]?.abort();
    await host.advance(5);
    expect(new Set(await Promise.all(outside))).toEqual(new Set(['target']));
    const ends = await Promise.all(inside.map(outcomeOf));
    expect(ends.filter((end) => end !== 'target')).toEqual(['cancelled']);
  });
});
