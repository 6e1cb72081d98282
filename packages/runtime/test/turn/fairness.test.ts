import { Runtime, type Suspension, sleep, spawn as spawnInside, yieldNow } from '@heddle/runtime';
import { describe, expect, it } from 'vitest';
import { TurnHost } from './turn-host.js';

/** Spawns tasks that only yield, each of which notes its polls. */
function yielders(runtime: Runtime, count: number, polled: () => void): void {
  for (let at = 0; at < count; at += 1) {
    runtime.spawn(function* () {
      for (;;) {
        polled();
        yield* yieldNow();
      }
    });
  }
}

/** How many polls there were in each of the next turns. */
function pollsOf(host: TurnHost, runtime: Runtime, turns: number): number[] {
  return Array.from({ length: turns }, () => {
    const before = runtime.metrics().pollCount;
    host.turn();
    return runtime.metrics().pollCount - before;
  });
}

describe('a turn', () => {
  it('is asked for in a microtask from idle, once for many spawns, and not again when it has done all', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    for (let at = 0; at < 3; at += 1) runtime.spawn(function* () {});
    expect(host.asked).toEqual(['microtask']);
    host.turn();
    expect(host.asked).toEqual(['microtask']);
    runtime.spawn(function* () {});
    expect(host.asked).toEqual(['microtask', 'microtask']);
    expect(runtime.metrics()).toMatchObject({ pollCount: 3, turnCount: 1, queueDepth: 1 });
  });

  it.each([1, 7, 512])('ends after %s polls, and goes on in a macrotask', (eventInterval) => {
    const host = new TurnHost();
    const runtime = new Runtime({ host, eventInterval });
    yielders(runtime, 3, () => {});
    expect(pollsOf(host, runtime, 4)).toEqual(Array(4).fill(eventInterval));
    expect(host.asked).toEqual(['microtask', ...Array(4).fill('macrotask')]);
  });

  it('ends when its time is up, at which it looks every sixteen polls', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host, turnBudgetMs: 2 });
    yielders(runtime, 3, () => {
      host.nowMs += 0.1;
    });
    // 1.6 ms, 3.2 ms: the second look sees that two are over.
    expect(pollsOf(host, runtime, 3)).toEqual([32, 32, 32]);
  });

  it('counts its polls and its time on while tasks make the executor idle, until the event loop was visited', async () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host, eventInterval: 10 });
    let polled = 0;
    for (let pair = 0; pair < 2; pair += 1) {
      runtime.spawn(async () => {
        for (;;) {
          await yieldNow();
          polled += 1;
        }
      });
    }
    const polls: number[] = [];
    while (polls.length < 4) {
      const asked = host.asked.length;
      host.turn();
      // What a turn leaves to JavaScript's own microtasks, and they to it.
      for (
        let step = 0;
        step < 100 && host.asked.slice(asked).every((what) => what !== 'macrotask');
        step += 1
      ) {
        await Promise.resolve();
        if (host.asked.at(-1) === 'microtask') host.turn();
      }
      polls.push(runtime.metrics().pollCount);
    }
    expect(polls).toEqual([10, 20, 30, 40]);
    expect(polled).toBeGreaterThan(30);
  });

  it('polls nobody twice while another who is ready waits', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host, eventInterval: 30 });
    const polled = [0, 0, 0];
    for (const at of polled.keys()) {
      runtime.spawn(function* () {
        for (;;) {
          polled[at] = (polled[at] ?? 0) + 1;
          yield* yieldNow();
        }
      });
    }
    host.turn();
    expect(polled).toEqual([10, 10, 10]);
  });
});

describe('on Node’s own event loop', () => {
  const served = () =>
    Promise.all([
      new Promise((done) => setTimeout(done, 1)),
      new Promise((done) => setImmediate(done)),
      import('node:fs/promises').then(({ stat }) => stat('.')),
    ]);

  it.each<[string, (done: () => boolean) => () => unknown]>([
    [
      'a generator that yields',
      (done) =>
        function* () {
          while (!done()) yield* yieldNow();
        },
    ],
    [
      'an async body that yields',
      (done) => async () => {
        while (!done()) await yieldNow();
      },
    ],
    [
      'a generator whose operations are all ready',
      (done) =>
        function* () {
          const ready = spawnInside(() => 1);
          while (!done()) yield* ready;
        },
    ],
    [
      'an async body whose operations are all ready',
      (done) => async () => {
        const ready = spawnInside(() => 1);
        while (!done()) await ready;
      },
    ],
    [
      'a chain of tasks, each of which spawns the next',
      (done) =>
        function* link(): Generator<Suspension, void> {
          if (!done()) yield* spawnInside(link);
        },
    ],
    [
      'a chain of async tasks',
      (done) =>
        async function link(): Promise<void> {
          if (!done()) await spawnInside(link);
        },
    ],
  ])('timers, immediates and files are served beside %s', async (_, make) => {
    const runtime = new Runtime();
    let over = false;
    const handles = [0, 1].map(() => runtime.spawn(make(() => over)));
    const slept = runtime.spawn(async () => await sleep(1));
    await Promise.all([served(), slept]);
    over = true;
    for (const handle of handles) expect((await handle).ok).toBe(true);
  });
});
