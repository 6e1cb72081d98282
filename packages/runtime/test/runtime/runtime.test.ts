import { join, Runtime, sleep, spawn as spawnInside, yieldNow } from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import { describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('a Runtime', () => {
  it.each([
    ['eventInterval', { eventInterval: 0 }, RangeError],
    ['eventInterval', { eventInterval: 1.5 }, RangeError],
    ['eventInterval', { eventInterval: '61' }, TypeError],
    ['turnBudgetMs', { turnBudgetMs: 0 }, RangeError],
    ['turnBudgetMs', { turnBudgetMs: Number.NaN }, RangeError],
    ['policy', { policy: 'lifo' }, TypeError],
    ['policy', { policy: { push: () => undefined } }, TypeError],
    ['policy', { policy: null }, TypeError],
    ['debug', { debug: 1 }, TypeError],
    ['flavour', { flavour: 'multi-thread' }, TypeError],
  ])('refuses a wrong %s by its name: %j', (name, options, kind) => {
    expect(() => new Runtime(options as never)).toThrow(kind);
    expect(() => new Runtime(options as never)).toThrow(name);
  });

  it('takes every option that it has', async () => {
    const host = new ManualHost();
    const runtime = new Runtime({ policy: 'fifo', eventInterval: 1, turnBudgetMs: 0.5, debug: true, host });
    const handle = runtime.spawn(() => 'ran');
    await host.settle();
    expect(await outcomeOf(handle)).toBe('ran');
  });

  it('is the current one inside its tasks, and the process’s own outside any', async () => {
    const { host, runtime, spawn } = byHand();
    const handle = spawn(async () => {
      const before = Runtime.current();
      await sleep(1);
      return before === runtime && Runtime.current() === runtime;
    });
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('true');
    expect(Runtime.current()).toBe(Runtime.current());
    expect(Runtime.current()).not.toBe(runtime);
  });

  it('runs what its tasks spawn and sleep with bare calls', async () => {
    const { host, runtime, spawn } = byHand();
    const handle = spawn(function* () {
      const child = spawnInside(async () => {
        await sleep(5);
        return Runtime.current() === runtime;
      });
      return (yield* child).unwrap();
    });
    await host.advance(5);
    expect([await outcomeOf(handle), runtime.metrics().spawnedTasksCount]).toEqual(['true', 2]);
  });

  it('may wake and join the tasks of another, each on its own clock', async () => {
    const [left, right] = [byHand(), byHand()];
    const slow = right.spawn(async () => {
      await sleep(10);
      return `right at ${right.host.now()}`;
    });
    const handle = left.spawn(function* () {
      const [result] = yield* join(slow, sleep(3));
      return `${result.unwrap()}, left at ${left.host.now()}`;
    });
    await left.host.advance(3);
    await right.host.advance(10);
    expect(handle.isFinished()).toBe(false);
    await left.host.settle();
    expect(await outcomeOf(handle)).toBe('right at 10, left at 3');
  });
});

describe('the metrics of a Runtime', () => {
  it.each(['fifo', 'priority', 'fair', 'lottery'] as const)(
    'count each time that a task became ready once, however it ends: %s',
    async (policy) => {
      const { host, runtime, spawn } = byHand({ policy });
      const handle = spawn(() => undefined);
      expect(runtime.metrics().localScheduleCount).toBe(1);
      handle.abort();
      expect(runtime.metrics().localScheduleCount).toBe(1);
      await host.settle();
      expect(runtime.metrics()).toMatchObject({ localScheduleCount: 1, spawnedTasksCount: 1, queueDepth: 0 });
    },
  );

  it('count what it did', async () => {
    const { host, runtime, spawn } = byHand();
    expect(runtime.metrics()).toEqual({
      numWorkers: 1,
      numAliveTasks: 0,
      spawnedTasksCount: 0,
      queueDepth: 0,
      pollCount: 0,
      localScheduleCount: 0,
      turnCount: 0,
      parkCount: 1,
      parkUnparkCount: 1,
      budgetForcedYieldCount: 0,
      abandonedTasksCount: 0,
      totalBusyDurationMs: 0,
      meanPollTimeMs: 0,
      pollTimeHistogramEnabled: false,
      pollTimeHistogram: [],
      scheduleLatencyHistogramEnabled: false,
      scheduleLatencyHistogram: [],
    });
    for (let task = 0; task < 5; task += 1) spawn(() => undefined);
    spawn(function* () {
      for (let step = 0; step < 3; step += 1) yield* yieldNow();
    });
    spawn(() => sleep(10));
    expect(runtime.metrics()).toMatchObject({ pollCount: 0, numAliveTasks: 7, queueDepth: 7 });
    await host.settle();
    expect(runtime.metrics()).toMatchObject({
      pollCount: 10,
      turnCount: 1,
      spawnedTasksCount: 7,
      numAliveTasks: 1,
      queueDepth: 0,
    });
    await host.advance(10);
    expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, abandonedTasksCount: 0 });
  });

  it('can still be read after its shutdown', async () => {
    const { host, runtime, spawn } = byHand();
    spawn(() => sleep(10));
    await host.settle();
    const ended = runtime.shutdown();
    await host.settle();
    await ended;
    spawn(() => 1);
    expect(runtime.metrics()).toMatchObject({ spawnedTasksCount: 1, numAliveTasks: 0, queueDepth: 0 });
  });
});
