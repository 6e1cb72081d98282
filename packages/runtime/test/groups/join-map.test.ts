import { JoinMap, sleep } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

function mapByHand() {
  const { host, spawn } = byHand();
  const map = new JoinMap<string, string>();
  const add = (key: string, ms: number, value = key) =>
    map.spawnOn(key, spawn, function* () {
      yield* sleep(ms);
      return value;
    });
  return { host, spawn, map, add };
}

describe('a JoinMap', () => {
  it('aborts the task that it replaces, and waits for its cleanup before it says that nothing is left', async () => {
    const { host, spawn, map, add } = mapByHand();
    const lines: string[] = [];
    map.spawnOn('key', spawn, function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(5);
        lines.push(`cleaned up at ${host.now()}`);
      }
      return 'never seen';
    });
    await host.settle();
    add('key', 1, 'seen');
    expect([map.len(), [...map.keys()]]).toEqual([1, ['key']]);
    const walk = (async () => {
      for await (const [key, result] of map) lines.push(`${key}: ${result.unwrap()} at ${host.now()}`);
      lines.push(`nothing left at ${host.now()}`);
    })();
    await host.advance(5);
    await walk;
    expect(lines).toEqual(['key: seen at 1', 'cleaned up at 5', 'nothing left at 5']);
  });

  it('takes any key that a Map takes, undefined and NaN among them', async () => {
    const { host, spawn } = byHand();
    const map = new JoinMap<unknown, number>();
    const object = {};
    for (const key of [undefined, Number.NaN, object, 'text']) map.spawnOn(key, spawn, () => 1);
    map.spawnOn(Number.NaN, spawn, () => 2);
    expect([map.len(), map.containsKey(undefined), map.containsKey({})]).toEqual([4, true, false]);
    await host.settle();
    const seen = new Map<unknown, number>();
    for await (const [key, result] of map) seen.set(key, result.unwrap());
    expect([seen.size, seen.get(Number.NaN), seen.get(object)]).toEqual([4, 2, 1]);
  });

  it('aborts by key, and by a test of the keys, and keeps what it aborted', async () => {
    const { host, map, add } = mapByHand();
    for (const key of ['hello world', 'goodbye world', 'hello all', 'goodbye all']) add(key, 1);
    await host.settle();
    expect([map.abort('hello all', 'why'), map.abort('nobody')]).toEqual([true, false]);
    map.abortMatching((key) => key.startsWith('goodbye'));
    expect(map.len()).toBe(4);
    await host.advance(1);
    const ends: Record<string, unknown> = {};
    for await (const [key, result] of map) ends[key] = result.ok ? 'value' : result.error.cause;
    expect(ends).toEqual({
      'hello world': 'value',
      'hello all': 'why',
      'goodbye world': undefined,
      'goodbye all': undefined,
    });
  });

  it('knows its tasks by id until they are joined', async () => {
    const { host, map, add } = mapByHand();
    const [before, after] = [add('key', 1), add('key', 1)];
    expect([map.containsTask(before.id), map.containsTask(after.id)]).toEqual([false, true]);
    await host.advance(1);
    expect([map.containsTask(after.id), map.tryJoinNext()?.[0], map.containsTask(after.id)]).toEqual([
      true,
      'key',
      false,
    ]);
  });

  it('is one entry for one handle that is added twice under its key', async () => {
    const { host, spawn, map } = mapByHand();
    const handle = spawn(() => 'value');
    map.add('key', handle);
    map.add('key', handle);
    await host.settle();
    map.add('key', handle);
    expect([map.len(), map.tryJoinNext()?.[1].unwrap(), map.len()]).toEqual([1, 'value', 0]);
    expect(await map.joinNext()).toBe(undefined);
  });

  it('ends what it replaced, too, when it is shut down, and is empty then', async () => {
    const { host, spawn, map, add } = mapByHand();
    let cleanups = 0;
    for (let round = 0; round < 3; round += 1) {
      map.spawnOn('key', spawn, function* () {
        try {
          yield* sleep(1000);
        } finally {
          yield* sleep(1);
          cleanups += 1;
        }
        return 'never';
      });
      await host.settle();
    }
    add('done', 0);
    await host.advance(0);
    const ended = (async () => await map.shutdown())();
    await host.advance(1);
    await ended;
    expect([cleanups, map.len(), map.isEmpty(), [...map.keys()], host.pendingTimers]).toEqual([
      3,
      0,
      true,
      [],
      0,
    ]);
  });
});
