import { join, promised, select, sleep, task, timeout } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe.each(places)('promised in %s', (place) => {
  it('gives what the promise gives, whether it has settled or will', async () => {
    const { host, wait, endsAfter } = scene();
    const settled = wait(place, () => promised(Promise.resolve('settled')));
    const later = wait(place, () => promised(Promise.resolve(endsAfter(2, 'later').unwrap())));
    await host.advance(2);
    expect([await settled, await later]).toEqual([{ value: 'settled' }, { value: 'later' }]);
  });

  it('throws what the promise rejects with, be it nothing', async () => {
    const { host, wait } = scene();
    const ended = [new Error('boom'), undefined].map((thrown) =>
      wait(place, () => promised(Promise.reject(thrown))),
    );
    await host.settle();
    expect(await Promise.all(ended)).toEqual([{ thrown: new Error('boom') }, { thrown: undefined }]);
  });

  it('takes any thenable', async () => {
    const { host, wait } = scene();
    const thenable = { then: (give: (value: string) => void) => give('given') } as PromiseLike<string>;
    const ended = wait(place, () => promised(thenable));
    await host.settle();
    expect(await ended).toEqual({ value: 'given' });
  });
});

describe.each(places)('a thenable of others in %s', (place) => {
  it('counts as for await: its first answer, unwrapped, and a throw of its then', async () => {
    const { host, wait } = scene();
    type Give = (value: unknown) => void;
    const thens = [
      (give: Give) => [give(1), give(2)],
      (give: Give) => give(Promise.resolve(5)),
      () => {
        throw new Error('no then');
      },
    ];
    const ended = thens.map((then) => wait(place, () => promised({ then } as never)));
    await host.settle();
    expect(await Promise.all(ended)).toEqual([{ value: 1 }, { value: 5 }, { thrown: new Error('no then') }]);
  });
});

describe('promised', () => {
  it('asks a promise once, however often it is waited for, and tells all who wait', async () => {
    const { host, spawn } = byHand();
    let asked = 0;
    class Counted<T> extends Promise<T> {
      override then<A = T, B = never>(...args: Parameters<Promise<T>['then']>): Promise<A | B> {
        asked += 1;
        return super.then(...args) as Promise<never>;
      }
    }
    let resolve: (value: string) => void = () => undefined;
    const promise = new Counted<string>((settle) => {
      resolve = settle;
    });
    const looping = spawn(function* () {
      for (let round = 0; round < 10; round += 1) yield* select({ promise, tick: sleep(1) });
      return yield* promised(promise);
    });
    const waiting = spawn(() => join(promise, promised(promise)));
    await host.advance(20);
    resolve('settled');
    await host.settle();
    const afterwards = spawn(() => join(promise));
    await host.settle();
    expect([await outcomeOf(looping), await outcomeOf(waiting), await outcomeOf(afterwards)]).toEqual([
      'settled',
      'settled,settled',
      'settled',
    ]);
    expect(asked).toBe(1);
  });

  it('is left at once by an abort, and what the promise does later reaches nobody', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    let reject: (error: Error) => void = () => undefined;
    const promise = new Promise<never>((_, fail) => {
      reject = fail;
    });
    const handle = spawn(function* () {
      try {
        yield* promised(promise);
      } finally {
        lines.push(`cleaned up, aborted: ${task.isAborted()}`);
      }
    });
    await host.settle();
    handle.abort();
    await host.settle();
    reject(new Error('late'));
    await host.settle();
    expect([await outcomeOf(handle), lines]).toEqual(['cancelled', ['cleaned up, aborted: true']]);
  });

  it('loses a select or a timeout without a trace', async () => {
    const { host, spawn } = byHand();
    const never = new Promise<string>(() => undefined);
    const handle = spawn(function* () {
      const first = yield* select({ never: promised(never), tick: sleep(1) });
      const second = yield* timeout(1, promised(never));
      return `${first.key} ${second.ok}`;
    });
    await host.advance(2);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['tick false', 0]);
  });

  it('refuses what is no promise', () => {
    expect(() => promised(42 as never)).toThrow('promised: expected a promise, got 42');
  });
});
