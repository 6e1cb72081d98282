import { sleep } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { setByHand } from './set-by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('joinAll of a JoinSet', () => {
  it('gives the values in the order in which the tasks end', async () => {
    const { host, set, add } = setByHand();
    for (const ms of [3, 2, 1]) add(ms, `${ms}`);
    const all = (async () => await set.joinAll())();
    await host.advance(3);
    expect(await all).toEqual(['1', '2', '3']);
    expect(await set.joinAll()).toEqual([]);
  });

  it('throws the first failure once it has ended the rest, cleanup and all', async () => {
    const { host, spawn, set, add } = setByHand();
    const lines: string[] = [];
    set.spawnOn(spawn, function* () {
      yield* sleep(1);
      throw new Error('boom');
    });
    set.spawnOn(spawn, async () => {
      try {
        await sleep(1000);
      } finally {
        lines.push(`cleaning up at ${host.now()}`);
      }
      return 'unreachable';
    });
    set.spawnOn(spawn, function* () {
      try {
        yield* sleep(2);
      } finally {
        yield* sleep(4);
        lines.push(`cleaned up at ${host.now()}`);
      }
      return 'unreachable';
    });
    add(2, 'unreachable');
    const handle = spawn(async () => {
      try {
        await set.joinAll();
      } catch (error) {
        lines.push(`thrown at ${host.now()}`);
        return (error as Error).message;
      }
      return 'unreachable';
    });
    await host.advance(10);
    expect(lines).toEqual(['cleaning up at 1', 'cleaned up at 5', 'thrown at 5']);
    expect(await outcomeOf(handle)).toBe('boom');
    expect([set.len(), host.pendingTimers]).toEqual([0, 0]);
  });
});

describe('shutdown of a JoinSet', () => {
  it('ends every task, waits for their cleanup, and leaves the set empty', async () => {
    const { host, spawn, set, add } = setByHand();
    const lines: string[] = [];
    add(1000, 'never');
    set.spawnOn(spawn, async () => {
      try {
        await sleep(1000);
      } finally {
        lines.push('cleaned up');
      }
      return 'unreachable';
    });
    await host.settle();
    add(0, 'never begins');
    const ended = (async () => {
      await set.shutdown();
      lines.push('shut down');
    })();
    await host.settle();
    await ended;
    expect([lines, set.len(), host.pendingTimers]).toEqual([['cleaned up', 'shut down'], 0, 0]);
    await set.shutdown();
  });

  it('never abandons a task, however long it takes', async () => {
    const { host, spawn, set } = setByHand();
    let end: () => void = () => undefined;
    set.spawnOn(spawn, async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return 'ended';
    });
    await host.settle();
    const handle = spawn(async () => await set.shutdown());
    await host.advance(1_000_000);
    expect(handle.isFinished()).toBe(false);
    end();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('undefined');
  });

  it('may itself be aborted: the tasks end all the same', async () => {
    const { host, spawn, set } = setByHand();
    const lines: string[] = [];
    set.spawnOn(spawn, function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(5);
        lines.push('cleaned up');
      }
      return 'unreachable';
    });
    await host.settle();
    const handle = spawn(async () => await set.shutdown());
    await host.settle();
    handle.abort();
    await host.settle();
    expect([await outcomeOf(handle), lines]).toEqual(['cancelled', []]);
    await host.advance(5);
    expect([lines, host.pendingTimers]).toEqual([['cleaned up'], 0]);
  });
});
