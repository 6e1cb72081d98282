import { join, sleep, spawn as spawnInside, yieldNow } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe.each(places)('join in %s', (place) => {
  it('gives the values in the order of its arguments, whichever ends first', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () => join(endsAfter(3, 'slow').unwrap(), endsAfter(1, 'quick').unwrap()));
    await host.advance(3);
    expect(await ended).toEqual({ value: ['slow', 'quick'] });
  });

  it('gives an empty array for no branches', async () => {
    const { host, wait } = scene();
    const ended = wait(place, () => join());
    await host.settle();
    expect(await ended).toEqual({ value: [] });
  });

  it('takes every kind of branch', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      join(
        endsAfter(2, 'an operation').unwrap(),
        endsAfter(1, 'a handle'),
        Promise.resolve('a promise'),
        (function* () {
          yield* yieldNow();
          return 'a generator';
        })(),
        () => 'a function',
        async () => 'an async function',
        function* () {
          yield* yieldNow();
          return 'a generator function';
        },
      ),
    );
    await host.advance(2);
    expect(await ended).toMatchObject({
      value: [
        'an operation',
        { ok: true, value: 'a handle' },
        'a promise',
        'a generator',
        'a function',
        'an async function',
        'a generator function',
      ],
    });
  });

  it('spawns nothing: its branches take turns where it is waited for', async () => {
    const { host, runtime, lines, wait } = scene();
    const branch = function* (name: string) {
      for (let step = 1; step <= 2; step += 1) {
        lines.push(`${name} ${step}`);
        yield* yieldNow();
      }
    };
    const ended = wait(place, () => join(branch('a'), branch('b')));
    const spawned = runtime.metrics().spawnedTasksCount;
    await host.settle();
    await ended;
    expect(lines).toEqual(['a 1', 'b 1', 'b 2', 'a 2']);
    expect([spawned, runtime.metrics().spawnedTasksCount]).toEqual(place === 'no task' ? [0, 0] : [1, 1]);
  });

  it('throws what a branch throws, once the others have been left and cleaned up', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const referred = endsAfter(9, 'goes on');
    const pause = endsAfter(5, 'paused');
    const ended = wait(place, () =>
      join(
        referred,
        (signal) => {
          signal.addEventListener('abort', () => lines.push('the signal fired'));
          return new Promise<never>(() => undefined);
        },
        (function* () {
          try {
            yield* referred;
          } finally {
            lines.push('cleaning up');
            yield* pause;
            lines.push('cleaned up');
          }
        })(),
        endsAfter(2, 0)
          .unwrap()
          .then(() => Promise.reject('boom')),
      ),
    ).then((end) => {
      lines.push('thrown');
      return end;
    });
    await host.advance(9);
    expect(await ended).toEqual({ thrown: 'boom' });
    expect(lines).toEqual(['the signal fired', 'cleaning up', 'cleaned up', 'thrown']);
    expect(await outcomeOf(referred)).toBe('goes on');
  });

  it('joins ten thousand handles', async () => {
    const { host, wait, spawn } = scene();
    const handles = Array.from({ length: 10_000 }, (_, at) => spawn(() => at));
    const ended = wait(place, () => join(...handles));
    await host.settle();
    const end = await ended;
    expect('value' in end && end.value.every((result, at) => result.unwrap() === at)).toBe(true);
  });

  it('does not let a greedy branch starve a modest one', async () => {
    const { host, lines, wait } = scene();
    const permits = new Semaphore(1);
    const rounds = function* (name: string, each: number) {
      for (let round = 0; round < 5; round += 1) {
        for (let turn = 0; turn < each; turn += 1) (yield* permits.acquire()).release();
        lines.push(name);
      }
    };
    const ended = wait(place, () => join(rounds('greedy', 128), rounds('modest', 1)));
    await host.settle();
    await ended;
    expect(lines.indexOf('modest')).toBeLessThan(lines.lastIndexOf('greedy'));
    expect(lines.slice(0, 6)).toEqual(['greedy', 'modest', 'modest', 'modest', 'modest', 'modest']);
  });
});

describe('join', () => {
  it.each(['generator', 'async'])('leaves every branch when its %s task is aborted', async (form) => {
    const { host, spawn, lines } = scene();
    const branch = function* (name: string) {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(1);
        lines.push(`${name} cleaned up at ${host.now()}`);
      }
    };
    const body = () => join(branch('a'), sleep(500), branch('b'));
    const handle =
      form === 'async'
        ? spawn(async () => await body())
        : spawn(function* () {
            return yield* body();
          });
    await host.advance(2);
    handle.abort();
    await host.settle();
    expect(handle.isFinished()).toBe(false);
    await host.advance(1);
    expect(lines).toEqual(['a cleaned up at 3', 'b cleaned up at 3']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('begins nothing before it is used, and is used once', async () => {
    const { host, spawn, lines } = scene();
    const handle = spawn(function* () {
      const both = join(() => lines.push('began'));
      yield* yieldNow();
      lines.push('not yet');
      yield* both;
      yield* both;
    });
    await host.settle();
    expect(lines).toEqual(['not yet', 'began']);
    expect(await outcomeOf(handle)).toContain('was used twice');
  });

  it('joins joins, and a branch of its own task knows that task', async () => {
    const { host, spawn } = scene();
    const handle = spawn(function* () {
      const inner = spawnInside(() => 'inner');
      const [[first, second], third] = yield* join(join(sleep(2), inner), sleep(1));
      return [first, second.unwrap(), third].join('|');
    });
    await host.advance(2);
    expect(await outcomeOf(handle)).toBe('|inner|');
  });
});
