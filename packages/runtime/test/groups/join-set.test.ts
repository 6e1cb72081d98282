import { JoinSet, select, sleep, spawn as spawnByDefault, thread } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { setByHand } from './set-by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('a JoinSet', () => {
  it('gives outcomes in the order in which the tasks end, and can be used again', async () => {
    const { host, spawn, set, add } = setByHand();
    const seen: string[] = [];
    const handle = spawn(function* () {
      for (const round of [1, 2]) {
        for (const ms of [3, 1, 2]) add(ms, `${round}.${ms}`);
        for (let next = yield* set.joinNext(); next !== undefined; next = yield* set.joinNext())
          seen.push(next.unwrap());
        seen.push(`empty: ${set.isEmpty()}`);
      }
    });
    await host.advance(6);
    expect(handle.isFinished()).toBe(true);
    expect(seen).toEqual(['1.1', '1.2', '1.3', 'empty: true', '2.1', '2.2', '2.3', 'empty: true']);
  });

  it('counts the tasks that were not joined, settled or not', async () => {
    const { host, set, add } = setByHand();
    const sizes: number[] = [];
    for (let task = 0; task < 2; task += 1) add(1, 'task');
    for (let round = 0; round < 16; round += 1) {
      await host.advance(1);
      sizes.push(set.len());
      await set.joinNext();
      sizes.push(set.len());
      add(1, 'task');
    }
    expect(sizes).toEqual(Array.from({ length: 16 }, () => [2, 1]).flat());
  });

  it('gives undefined when it is empty, at once, and never before', async () => {
    const { host, set, add } = setByHand();
    expect(await set.joinNext()).toBe(undefined);
    expect(set.tryJoinNext()).toBe(undefined);
    add(1, 'task');
    expect(set.tryJoinNext()).toBe(undefined);
    await host.advance(1);
    expect(set.tryJoinNext()).toMatchObject({ ok: true, value: 'task' });
    expect([set.tryJoinNext(), set.len()]).toEqual([undefined, 0]);
  });

  it('loses nothing when joinNext() is left', async () => {
    const { host, spawn, set, add } = setByHand();
    add(2, 'first');
    add(4, 'second');
    const handle = spawn(async () => {
      const seen: string[] = [];
      while (!set.isEmpty()) {
        const next = await select({ tick: sleep(1), joined: set.joinNext() }, { biased: true });
        seen.push(next.key === 'tick' ? 'tick' : String(next.value?.unwrap()));
      }
      return seen.filter((line) => line !== 'tick').join(' ');
    });
    await host.advance(10);
    expect(await outcomeOf(handle)).toBe('first second');
  });

  it('gives each outcome to one of many that wait, and undefined to the rest', async () => {
    const { host, set, add } = setByHand();
    for (const ms of [1, 2]) add(ms, `task ${ms}`);
    const waiting = Promise.all([set.joinNext(), set.joinNext(), set.joinNext()]);
    await host.advance(2);
    const values = (await waiting).map((result) => result?.unwrap());
    expect(values.filter((value) => value !== undefined).sort()).toEqual(['task 1', 'task 2']);
  });

  it('keeps what abortAll aborts until it is joined, as cancelled', async () => {
    const { host, set, add } = setByHand();
    add(0, 'done');
    await host.advance(0);
    for (let task = 0; task < 3; task += 1) add(1000, 'never');
    await host.settle();
    set.abortAll('enough');
    expect(set.len()).toBe(4);
    await host.settle();
    const kinds: unknown[] = [];
    for await (const result of set)
      kinds.push(result.ok ? result.value : [result.error.kind, result.error.cause]);
    expect(kinds).toEqual(['done', ...Array.from({ length: 3 }, () => ['cancelled', 'enough'])]);
  });

  it('aborts one by what spawn gave', async () => {
    const { host, set, add } = setByHand();
    const first = add(1000, 'aborted');
    add(1, 'goes on');
    await host.settle();
    first.abort();
    await host.advance(1);
    const seen = [await set.joinNext(), await set.joinNext()].map((result) =>
      result?.ok ? result.value : 'cancelled',
    );
    expect(seen).toEqual(['cancelled', 'goes on']);
  });

  it('can be walked over with `for await`, which ends when it is empty', async () => {
    const { host, set, add } = setByHand();
    for (const ms of [2, 1]) add(ms, `after ${ms}`);
    const seen: string[] = [];
    const walk = (async () => {
      for await (const result of set) seen.push(result.unwrap());
      seen.push('empty');
    })();
    await host.advance(2);
    await walk;
    expect(seen).toEqual(['after 1', 'after 2', 'empty']);
  });

  it('lets every task go on after detachAll, and wakes who waits', async () => {
    const { host, spawn, set } = setByHand();
    const kept = spawn(function* () {
      yield* sleep(5);
      return 'went on';
    });
    set.add(kept);
    const waiting = set.joinNext();
    const ended = (async () => await waiting)();
    set.detachAll();
    await host.advance(5);
    expect([await ended, set.len(), await outcomeOf(kept)]).toEqual([undefined, 0, 'went on']);
  });

  it('has a handle once that is added again, before its end and after, until it was joined', async () => {
    const { host, spawn, set } = setByHand();
    const handle = spawn(() => 'value');
    set.add(handle);
    set.add(handle);
    await host.settle();
    set.add(handle);
    expect([set.len(), await set.joinAll(), set.len()]).toEqual([1, ['value'], 0]);
    set.add(handle);
    expect([set.len(), await set.joinAll(), set.len()]).toEqual([1, ['value'], 0]);
  });

  it('takes a thread as well as a task', async () => {
    const set = new JoinSet<number>();
    set.spawnOn(thread.spawn, (n) => n + 1, 41);
    set.spawnOn(spawnByDefault, (n) => n, 1);
    const values = [await set.joinNext(), await set.joinNext()].map((result) => result?.unwrap());
    expect(values).toEqual([1, 42]);
  });

  it('refuses what is not a handle', () => {
    expect(() => new JoinSet().add(Promise.resolve() as never)).toThrow(TypeError);
  });
});
