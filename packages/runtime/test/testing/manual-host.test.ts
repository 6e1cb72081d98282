import { type Policy, Runtime, sleep, spawn } from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('a turn that throws', () => {
  test('is heard of, and the turns of the other runtimes are not lost', async () => {
    const host = new ManualHost();
    const [before, faulty, after] = [
      new Runtime({ host }),
      new Runtime({ host, policy: failingOnce() }),
      new Runtime({ host }),
    ];
    const handles = [before, faulty, after].map((runtime, at) => runtime.spawn(() => at));
    expect(() => host.turn()).toThrow('pop failed');
    expect(handles.map((handle) => handle.isFinished())).toEqual([true, false, false]);
    expect(host.turn()).toBe(true);
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['0', '1', '2']);
  });

  test('leaves what was asked for before it in front of what it asked for itself', async () => {
    const host = new ManualHost();
    const calls: string[] = [];
    host.microtask(() => {
      host.microtask(() => calls.push('asked for by the one that threw'));
      throw new Error('boom');
    });
    host.microtask(() => calls.push('asked for before'));
    expect(() => host.turn()).toThrow('boom');
    expect(calls).toEqual([]);
    host.runUntilIdle();
    expect(calls).toEqual(['asked for before', 'asked for by the one that threw']);
  });
});

describe('advances that overlap', () => {
  test('follow each other, and add up', async () => {
    const { host, spawn } = byHand();
    const woken: string[] = [];
    for (const ms of [5, 10, 11, 12]) {
      spawn(function* () {
        yield* sleep(ms);
        woken.push(`${ms} at ${host.now()}`);
      });
    }
    const first = host.advance(10).then(() => woken.push(`first ends at ${host.now()}`));
    await host.advance(1);
    expect(woken).toEqual(['5 at 5', '10 at 10', 'first ends at 10', '11 at 11']);
    await first;
    expect(host.now()).toBe(11);
  });

  test('never move the clock back, whichever is awaited first', async () => {
    const host = new ManualHost();
    const moments: number[] = [];
    const note = () => void moments.push(host.now());
    await Promise.all([3, 0, 2, 1].map((ms) => host.advance(ms).then(note)));
    expect(moments).toEqual([3, 3, 5, 6]);
    host.setTimer(4, note);
    await Promise.all([host.runToEnd().then(note), host.advance(1).then(note)]);
    expect(moments.slice(4)).toEqual([10, 10, 11]);
  });

  test('are not kept back by one that throws', async () => {
    const { host, spawn } = byHand({ policy: failingOnce() });
    const handle = spawn(() => sleep(2));
    const [first, second] = await Promise.allSettled([host.advance(1), host.advance(2)]);
    expect([first.status, second.status, host.now()]).toEqual(['rejected', 'fulfilled', 2]);
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('undefined');
  });

  test('may be asked for by a task that is woken on the way', async () => {
    const { host, runtime } = byHand();
    const seen: number[] = [];
    runtime.spawn(async () => {
      await sleep(5);
      await host.advance(7);
      seen.push(host.now());
      await spawn(() => void seen.push(host.now()));
    });
    await host.advance(10);
    await host.advance(0);
    expect(seen).toEqual([17, 17]);
  });
});

/** First come, first served, but the first `pop` throws. */
function failingOnce(): Policy {
  const ready: Parameters<Policy['push']>[0][] = [];
  let hasFailed = false;
  return {
    lifoSlot: false,
    get size() {
      return ready.length;
    },
    push: (task) => void ready.push(task),
    pop: () => {
      if (!hasFailed) {
        hasFailed = true;
        throw new Error('pop failed');
      }
      return ready.shift();
    },
    remove: () => false,
  };
}
