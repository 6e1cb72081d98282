import { Err, Ok, sleep, tryJoin, yieldNow } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe.each(places)('tryJoin in %s', (place) => {
  it('opens every result, and gives the values in the order of its arguments', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      tryJoin(endsAfter(3, 'a handle'), endsAfter(1, Ok('a result')).unwrap(), () => 'a plain value'),
    );
    await host.advance(3);
    expect(await ended).toMatchObject({
      value: { ok: true, value: ['a handle', 'a result', 'a plain value'] },
    });
  });

  it('gives Ok with nothing for no branches', async () => {
    const { host, wait } = scene();
    const ended = wait(place, () => tryJoin());
    await host.settle();
    expect(await ended).toMatchObject({ value: { ok: true, value: [] } });
  });

  it('gives the first error at once, and does not wait for who is still waiting', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const never = oneshot<string>()[1];
    const ended = wait(place, () =>
      tryJoin(
        endsAfter(1, 'done'),
        endsAfter(2, 0)
          .unwrap()
          .then(() => Err('no page')),
        (function* () {
          try {
            return yield* never.recv();
          } finally {
            lines.push('left');
          }
        })(),
      ),
    );
    await host.advance(2);
    expect(await ended).toMatchObject({ value: { ok: false, error: 'no page' } });
    expect(lines).toEqual(['left']);
  });

  it('stops at a task that panicked, and lets the other tasks go on', async () => {
    const { host, wait, endsAfter, spawn } = scene();
    const other = endsAfter(9, 'goes on');
    const panics = spawn(function* () {
      yield* yieldNow();
      throw new Error('boom');
    });
    const ended = wait(place, () => tryJoin(other, panics));
    await host.settle();
    expect(await ended).toMatchObject({ value: { ok: false, error: { kind: 'panic' } } });
    await host.advance(9);
    expect(await outcomeOf(other)).toBe('goes on');
  });

  it('throws on what a branch throws', async () => {
    const { host, lines, wait } = scene();
    const ended = wait(place, () =>
      tryJoin(
        (signal) => {
          signal.addEventListener('abort', () => lines.push('left'));
          return new Promise<never>(() => undefined);
        },
        () => {
          throw 'boom';
        },
      ),
    );
    await host.settle();
    expect([await ended, lines]).toEqual([{ thrown: 'boom' }, ['left']]);
  });
});

describe('tryJoin', () => {
  it('waits for the cleanup of who is left before it answers', async () => {
    const { host, spawn, lines } = scene();
    const handle = spawn(async () => {
      const result = await tryJoin(
        (function* () {
          try {
            yield* sleep(1000);
          } finally {
            yield* sleep(3);
            lines.push(`cleaned up at ${host.now()}`);
          }
        })(),
        sleep(1).then(() => Err('late')),
      );
      lines.push(`answered at ${host.now()}`);
      return result.ok ? 'ok' : result.error;
    });
    await host.advance(4);
    expect(lines).toEqual(['cleaned up at 4', 'answered at 4']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['late', 0]);
  });

  it('lets a modest branch have its turn beside a greedy one', async () => {
    const { host, spawn, lines } = scene();
    const done = spawn(() => 'done');
    const rounds = function* (name: string, each: number) {
      for (let round = 0; round < 5; round += 1) {
        for (let turn = 0; turn < each; turn += 1) yield* done;
        lines.push(name);
      }
    };
    spawn(async () => await tryJoin(rounds('greedy', 128), rounds('modest', 1)));
    await host.settle();
    expect(lines.slice(0, 6)).toEqual(['greedy', 'modest', 'modest', 'modest', 'modest', 'modest']);
    expect(lines).toHaveLength(10);
  });
});
