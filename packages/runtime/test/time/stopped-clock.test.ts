import { promised, Runtime, select, sleep, spawnBlocking, thread, timeout, yieldNow } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';
import { advance, Instant, pause, resume } from '@heddle/runtime/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** A promise of somebody else, and what settles it. */
function foreign() {
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('a stopped clock jumps to the next timer', () => {
  it('and no further, in the order of the moments', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const lines: string[] = [];
    for (const ms of [300, 100, 200, 100]) {
      spawn(function* () {
        const start = Instant.now();
        yield* sleep(ms);
        lines.push(`${ms} at ${start.elapsed()}`);
      });
    }
    await host.settle();
    expect(lines).toEqual(['100 at 100', '100 at 100', '200 at 200', '300 at 300']);
    expect([host.now(), host.pendingTimers]).toEqual([0, 0]);
  });

  it('for generator tasks in nothing but turns', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const handle = spawn(function* () {
      yield* sleep(86_400_000);
      return 'a day later';
    });
    host.runUntilIdle();
    expect(await outcomeOf(handle)).toBe('a day later');
  });

  it('not while another task is ready', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const lines: string[] = [];
    spawn(function* () {
      yield* sleep(1);
      lines.push('slept');
    });
    spawn(function* () {
      for (let round = 0; round < 2000; round += 1) yield* yieldNow();
      lines.push('yielded');
    });
    host.runUntilIdle();
    expect(lines).toEqual(['yielded', 'slept']);
  });
});

describe('a stopped clock stands', () => {
  it.each([
    ['an async task awaits it', (promise: Promise<string>) => async () => await promise],
    ['a generator task waits for it', (promise: Promise<string>) => () => promised(promise)],
    ['it is a branch', (promise: Promise<string>) => () => select({ promise, never: oneshot()[1].recv() })],
    [
      'an async task awaits it after a sleep',
      (promise: Promise<string>) => async () => {
        await sleep(5);
        return await promise;
      },
    ],
    [
      'a generator task returns it',
      (promise: Promise<string>) =>
        function* () {
          yield* sleep(5);
          return promise;
        },
    ],
  ])('while a promise of others has not settled: %s', async (_how, body) => {
    const { host, spawn } = byHand({ startPaused: true });
    const { promise, resolve } = foreign();
    spawn(body(promise) as () => unknown);
    const sleeper = spawn(() => sleep(1000));
    await host.settle();
    expect(sleeper.isFinished()).toBe(false);
    resolve('settled');
    await host.settle();
    expect(sleeper.isFinished()).toBe(true);
  });

  it('until the waiting for the promise is left', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const waiting = spawn(() => promised(foreign().promise));
    const sleeper = spawn(() => sleep(1000));
    await host.settle();
    expect(sleeper.isFinished()).toBe(false);
    waiting.abort();
    await host.settle();
    expect([await outcomeOf(waiting), sleeper.isFinished()]).toEqual(['cancelled', true]);
  });

  it('for a task that waited for a promise before the clock was stopped', async () => {
    const { host, spawn } = byHand();
    const { promise, resolve } = foreign();
    spawn(async () => await promise);
    await host.settle();
    const sleeper = spawn(async () => {
      pause();
      await sleep(1000);
    });
    await host.settle();
    expect(sleeper.isFinished()).toBe(false);
    resolve('settled');
    await host.settle();
    expect(sleeper.isFinished()).toBe(true);
  });

  it('goes on when the body that awaited a promise waits for one of ours', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const { promise, resolve } = foreign();
    const [sender, receiver] = oneshot<string>();
    const handle = spawn(async () => {
      await promise;
      return await receiver.recv();
    });
    spawn(async () => {
      await sleep(1000);
      sender.send('sent');
    });
    await host.settle();
    resolve('settled');
    await host.settle();
    expect(await outcomeOf(handle)).toBe('sent');
  });

  it.each([
    ['a blocking job runs', () => spawnBlocking(() => 'done')],
    ['somebody waits for a thread', () => thread.spawn(() => 'done')],
  ])('while %s', async (_what, begin) => {
    const runtime = new Runtime({ startPaused: true });
    const handle = runtime.spawn(async () => {
      const start = Instant.now();
      const result = await timeout(60_000, begin());
      return `${result.unwrap().unwrap()} after ${start.elapsed()}`;
    });
    expect((await handle).unwrap()).toBe('done after 0');
    await runtime.shutdown();
  });

  it('for nobody who hangs: the grace of an abort goes by real time', async () => {
    const runtime = new Runtime({ startPaused: true });
    const handle = runtime.spawn(async () => {
      await foreign().promise;
    });
    await runtime.spawn(() => yieldNow());
    await runtime.shutdown({ timeoutMs: 5 });
    const result = await handle;
    expect(!result.ok && result.error.isAbandoned()).toBe(true);
  });
});

describe('advance', () => {
  it('gives whatever it made due a poll before it ends, in the order of the moments', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const lines: string[] = [];
    spawn(function* () {
      for (const ms of [30, 10, 20]) {
        spawn(function* () {
          yield* sleep(ms);
          lines.push(`${ms}`);
        });
      }
      yield* yieldNow();
      yield* advance(25);
      lines.push('advanced');
      yield* advance(5);
      lines.push('again');
    });
    await host.settle();
    expect(lines).toEqual(['10', '20', 'advanced', '30', 'again']);
  });

  it('throws when the clock has been let go between its call and its use', async () => {
    const { host, spawn } = byHand({ startPaused: true });
    const handle = spawn(function* () {
      const moving = advance(1);
      resume();
      yield* moving;
    });
    await host.settle();
    expect(await outcomeOf(handle)).toContain('advance: time is not frozen');
  });
});

describe('a clock that goes on', () => {
  it('sets the timers of its host again, for what is left', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const rest = sleep(100);
      pause();
      yield* advance(40);
      resume();
      yield* rest;
      return host.now();
    });
    await host.advance(59);
    expect(handle.isFinished()).toBe(false);
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('60');
  });
});

it('a stopped clock goes on after a thenable whose then threw', async () => {
  const { host, spawn } = byHand({ startPaused: true });
  const bad = {
    then() {
      throw new Error('no then');
    },
  };
  const handle = spawn(function* () {
    try {
      yield* promised(bad as never);
    } catch {
      yield* sleep(1_000);
    }
    return 'later';
  });
  await host.settle();
  expect(await outcomeOf(handle)).toBe('later');
});
