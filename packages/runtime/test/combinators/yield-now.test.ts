import { join, select, yieldNow } from '@heddle/runtime';
import { explore } from '@heddle/runtime/testing';
import { describe, expect, it } from 'vitest';
import { byHand } from '../by-hand.js';
import { places, scene } from './waiting.js';

describe.each(places)('yieldNow in %s', (place) => {
  it('ends, gives nothing, and may be a branch', async () => {
    const { host, wait } = scene();
    const ends = [
      wait(place, () => yieldNow()),
      wait(place, () => join(yieldNow(), yieldNow())),
      wait(place, () => select({ only: yieldNow() })),
    ];
    await host.settle();
    expect(await Promise.all(ends)).toEqual([
      { value: undefined },
      { value: [undefined, undefined] },
      { value: { key: 'only', value: undefined } },
    ]);
  });
});

describe('yieldNow as a branch', () => {
  it('gives up the thread once, in nothing but turns', () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      yield* join(yieldNow(), () => yieldNow());
      lines.push('joined');
    });
    spawn(function* () {
      lines.push('had its turn');
    });
    host.runUntilIdle();
    expect([handle.isFinished(), lines]).toEqual([true, ['had its turn', 'joined']]);
  });

  it('is nothing that explore has to wait for', () => {
    const program = function* () {
      yield* join(yieldNow());
    };
    expect(explore(program, { seeds: 2 }).schedules).toBe(2);
  });
});

describe('yieldNow outside any task', () => {
  it('goes on a microtask later, as an await of a promise does', async () => {
    const lines: string[] = [];
    const yields = async () => {
      for (let step = 1; step <= 2; step += 1) {
        lines.push(`yields ${step}`);
        await yieldNow();
      }
    };
    const awaits = async () => {
      for (let step = 1; step <= 2; step += 1) {
        lines.push(`awaits ${step}`);
        await Promise.resolve();
      }
    };
    await Promise.all([yields(), awaits()]);
    expect(lines[0]).toBe('yields 1');
    expect(lines.slice(0, 2)).toEqual(['yields 1', 'awaits 1']);
    expect(lines).toHaveLength(4);
  });

  it('may be kept and used many times, by many', async () => {
    const { host, spawn } = byHand();
    const kept = yieldNow();
    await kept;
    await kept;
    const handle = spawn(function* () {
      yield* kept;
      yield* kept;
      return 'done';
    });
    await host.settle();
    expect((await handle).unwrap()).toBe('done');
  });

  it('lets timers fire when a generator that yields for ever is waited for', async () => {
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 0);
    await select({
      yields: (function* () {
        while (!fired) yield* yieldNow();
      })(),
    });
    expect(fired).toBe(true);
  });

  it('gives a branch that is always ready a budget of its own, and lets timers fire', async () => {
    const { host, spawn } = byHand();
    const done = spawn(() => 'done');
    await host.settle();
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 0);
    await join(function* () {
      while (!fired) yield* done;
    });
    expect(fired).toBe(true);
  });

  it('does not come back in an async task that is aborted while it yields', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const handle = spawn(async () => {
      try {
        await yieldNow();
        seen.push('came back');
      } catch (error) {
        seen.push((error as Error).name);
        throw error;
      }
    });
    const aborter = spawn(() => handle.abort('enough'));
    await host.settle();
    expect(seen).toEqual(['AbortError']);
    expect((await handle).ok).toBe(false);
    expect((await aborter).ok).toBe(true);
  });
});
