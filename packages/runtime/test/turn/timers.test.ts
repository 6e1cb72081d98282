import { Runtime, sleep } from '@heddle/runtime';
import { describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';
import { TurnHost } from './turn-host.js';

const DAY = 86_400_000;

describe('a sleep', () => {
  it('does not end early when the host’s timer does', async () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    const handle = runtime.spawn(function* () {
      yield* sleep(5);
      return host.nowMs;
    });
    host.turn();
    host.nowMs = 4.1;
    host.fire();
    host.nowMs = 4.999;
    host.fire();
    expect(handle.isFinished()).toBe(false);
    host.nowMs = 5;
    host.fire();
    host.turn();
    expect([await outcomeOf(handle), host.asked]).toEqual([
      '5',
      ['microtask', 'timer 5', 'timer 1', 'timer 1', 'microtask'],
    ]);
  });

  it('of a fraction waits for the whole millisecond that Node can hold', () => {
    const host = new TurnHost();
    host.nowMs = 0.25;
    const runtime = new Runtime({ host });
    runtime.spawn(function* () {
      yield* sleep(1.5);
    });
    host.turn();
    expect(host.pending).toEqual([2]);
  });

  it('of zero waits for the next look at the timers, and one that is overdue for no longer', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    runtime.spawn(function* () {
      const overdue = sleep(5);
      yield* sleep(0);
      host.nowMs = 100;
      yield* overdue;
    });
    host.turn();
    host.fire();
    host.turn();
    host.fire();
    host.turn();
    expect(host.asked.filter((what) => what.startsWith('timer'))).toEqual(['timer 0', 'timer 0']);
    expect(runtime.metrics().numAliveTasks).toBe(0);
  });

  it('is counted from its creation, not from its first use', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const pause = sleep(10);
      yield* sleep(7);
      yield* pause;
      return host.now();
    });
    await host.advance(20);
    expect(await outcomeOf(handle)).toBe('10');
  });

  it('may be longer than Node’s timers can hold, which it waits for in pieces', async () => {
    const longest = 2 ** 31 - 1;
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    const handle = runtime.spawn(function* () {
      yield* sleep(30 * DAY);
    });
    host.turn();
    expect(host.pending).toEqual([longest]);
    host.nowMs += longest;
    host.fire();
    expect(host.pending).toEqual([30 * DAY - longest]);
    host.nowMs += 30 * DAY - longest;
    host.fire();
    host.turn();
    expect([handle.isFinished(), host.pending]).toEqual([true, []]);
  });

  it('of years ends at its day on a clock turned by hand', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      await sleep(10_000 * DAY);
      return 'slept';
    });
    await host.advance(10_000 * DAY - 1);
    expect(await outcomeOf(handle)).toBe('not finished');
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('slept');
  });

  it('that never ends sets no timer, and can be aborted', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(() => sleep(Number.POSITIVE_INFINITY));
    await host.settle();
    expect(host.pendingTimers).toBe(0);
    handle.abort();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it.each([
    [-1, RangeError, 'sleep: delayMs must be zero or more milliseconds, got -1'],
    [Number.NaN, RangeError, 'sleep: delayMs must be zero or more milliseconds, got NaN'],
    ['5', TypeError, "sleep: delayMs must be a number of milliseconds, got '5'"],
    [undefined, TypeError, 'sleep: delayMs must be a number of milliseconds, got undefined'],
    [5n, TypeError, 'sleep: delayMs must be a number of milliseconds, got 5n'],
  ])('of %s throws at the call', (delayMs, type, message) => {
    expect(() => sleep(delayMs as number)).toThrow(type);
    expect(() => sleep(delayMs as number)).toThrow(message);
  });
});

describe('the timers of a runtime', () => {
  it('are one timer of its host, which is moved when a sooner one comes', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    for (const ms of [50, 20, 70, 20, 10]) {
      runtime.spawn(function* () {
        yield* sleep(ms);
      });
    }
    host.turn();
    expect(host.asked).toEqual(['microtask', 'timer 50', 'timer 20', 'timer 10']);
    expect(host.pending).toEqual([10]);
  });

  it('leave nothing behind when all that waited for them are gone', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    const handles = [50, 20, 70].map((ms) =>
      runtime.spawn(function* () {
        yield* sleep(ms);
      }),
    );
    host.turn();
    for (const handle of handles) handle.abort();
    host.turn();
    expect([host.pending, runtime.metrics().numAliveTasks]).toEqual([[], 0]);
  });

  it('all fire that are due, however late the host is, in the order of their moments', () => {
    const host = new TurnHost();
    const runtime = new Runtime({ host });
    const line: string[] = [];
    for (const ms of [3, 1, 2, 1]) {
      runtime.spawn(function* () {
        yield* sleep(ms);
        line.push(`${ms}`);
      });
    }
    host.turn();
    host.nowMs = 100;
    host.fire();
    host.turn();
    expect([line.join(' '), host.pending]).toEqual(['1 1 2 3', []]);
  });
});
