import { JoinMap, Runtime, sleep } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';

/** What tokio-util promises of its JoinMap in its own tests, row by row. Over each test stands its source. */

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

function mapByHand<T>() {
  const { host, runtime, spawn } = byHand();
  return { host, runtime, spawn, map: new JoinMap<number, T>() };
}

const indices = (count: number) => Array.from({ length: count }, (_, at) => at);

// task_join_map.rs: test_with_sleep
test('joinmap/1 len() counts the spawns, detachAll() empties, and each value comes once and with its key', async () => {
  const { host, spawn, map } = mapByHand<number>();
  const add = (key: number) =>
    map.spawnOn(key, spawn, function* () {
      yield* sleep(10 - key);
      return key * 10;
    });
  for (const key of indices(10)) {
    add(key);
    expect(map.len()).toBe(key + 1);
  }
  map.detachAll();
  expect([map.len(), await map.joinNext()]).toEqual([0, undefined]);
  for (let round = 0; round < 2; round += 1) {
    for (const key of indices(10)) add(key);
    const seen = new Map<number, number>();
    const walk = (async () => {
      for await (const [key, result] of map) seen.set(key, result.unwrap());
    })();
    await host.advance(10);
    await walk;
    expect([...seen]).toEqual(
      indices(10)
        .reverse()
        .map((key) => [key, key * 10]),
    );
    expect(map.isEmpty()).toBe(true);
  }
});

// task_join_map.rs: test_abort_on_drop
test('joinmap/2 disposing the map aborts every task, and what they owned is gone', async () => {
  const { host, spawn, map } = mapByHand<void>();
  const receivers = indices(16).map((key) => {
    const [sender, receiver] = oneshot<void>();
    map.spawnOn(key, spawn, function* () {
      try {
        yield* sleep(100_000);
      } finally {
        sender.close();
      }
    });
    return receiver;
  });
  await host.settle();
  {
    using _ = map;
  }
  await host.settle();
  expect(receivers.map((receiver) => receiver.tryRecv())).toEqual(
    indices(16).map(() => ({ ok: false, error: 'closed' })),
  );
  expect([map.len(), host.pendingTimers]).toEqual([0, 0]);
});

// task_join_map.rs: alternating
test('joinmap/3 a task that was joined leaves the map at once', async () => {
  const { host, spawn, map } = mapByHand<void>();
  map.spawnOn(0, spawn, () => {});
  map.spawnOn(1, spawn, () => {});
  for (let round = 0; round < 16; round += 1) {
    await host.settle();
    expect((await map.joinNext())?.[1].ok).toBe(true);
    expect(map.len()).toBe(1);
    map.spawnOn(2 + round, spawn, () => {});
    expect(map.len()).toBe(2);
  }
});

// task_join_map.rs: runtime_gone
test('joinmap/4 a task of a runtime that is gone is joined elsewhere, as cancelled and with its key', async () => {
  const map = new JoinMap<string, void>();
  const runtime = new Runtime();
  map.spawnOn('key', runtime.spawn, () => sleep(100_000));
  await runtime.shutdown();
  map.spawnOn('later', runtime.spawn, () => {});
  const ends: unknown[] = [];
  for await (const [key, result] of map) ends.push([key, result.ok ? 'value' : result.error.kind]);
  expect(ends).toEqual([
    ['key', 'cancelled'],
    ['later', 'cancelled'],
  ]);
});

// task_join_map.rs: join_map_coop
test('joinmap/5 who joins a thousand tasks that have ended gives way in between, and gets them all', async () => {
  const { host, runtime, spawn, map } = mapByHand<number>();
  for (const key of indices(1000)) map.spawnOn(key, spawn, () => key);
  await host.settle();
  const before = runtime.metrics().pollCount;
  const joining = spawn(function* () {
    let count = 0;
    while ((yield* map.joinNext()) !== undefined) count += 1;
    return count;
  });
  await host.settle();
  expect(await outcomeOf(joining)).toBe('1000');
  expect(runtime.metrics().pollCount - before).toBeGreaterThan(1);
});

// task_join_map.rs: abort_all
test('joinmap/6 abortAll() keeps what it aborts: each key comes once, and as cancelled', async () => {
  const { host, spawn, map } = mapByHand<void>();
  for (const key of indices(5)) map.spawnOn(key, spawn, () => sleep(100_000));
  for (const key of indices(10).slice(5)) {
    map.spawnOn(key, spawn, function* () {
      yield* sleep(1);
    });
  }
  map.abortAll();
  expect(map.len()).toBe(10);
  await host.settle();
  const ends: unknown[] = [];
  for await (const [key, result] of map) ends.push([key, result.ok ? 'value' : result.error.kind]);
  expect(ends.sort()).toEqual(indices(10).map((key) => [key, 'cancelled']));
});

// task_join_map.rs: try_join_next_empty, try_join_next_no_ready_task, try_join_next_completed_task, try_join_next_aborted_task
test('joinmap/7 tryJoinNext() has nothing on an empty map nor while a task runs, and then its key and outcome', async () => {
  const { host, spawn, map } = mapByHand<string>();
  expect(map.tryJoinNext()).toBe(undefined);
  map.spawnOn(1, spawn, function* () {
    yield* sleep(1);
    return 'value';
  });
  await host.settle();
  expect([map.tryJoinNext(), map.len()]).toEqual([undefined, 1]);
  await host.advance(1);
  const done = map.tryJoinNext();
  expect([done?.[0], done?.[1].unwrap(), map.len()]).toEqual([1, 'value', 0]);
  map.spawnOn(2, spawn, () => 'never').abort();
  await host.settle();
  const aborted = map.tryJoinNext();
  expect([aborted?.[0], aborted?.[1].ok, map.len()]).toEqual([2, false, 0]);
});

// task_join_map.rs: try_join_next_advances_through_multiple
test('joinmap/8 tryJoinNext() takes tasks that have ended one by one, until there is none', async () => {
  const { host, spawn, map } = mapByHand<number>();
  for (const key of indices(8)) map.spawnOn(key, spawn, () => key);
  await host.settle();
  const keys: number[] = [];
  for (let next = map.tryJoinNext(); next !== undefined; next = map.tryJoinNext()) {
    keys.push(next[0]);
    expect(map.len()).toBe(8 - keys.length);
  }
  expect(keys.sort()).toEqual(indices(8));
});

// task_join_map.rs: try_join_next_skips_replaced_task
test('joinmap/9 a task that had ended and was replaced is not seen', async () => {
  const { host, spawn, map } = mapByHand<string>();
  map.spawnOn(1, spawn, () => 'before');
  await host.settle();
  map.spawnOn(1, spawn, () => 'after');
  expect(map.tryJoinNext()).toBe(undefined);
  await host.settle();
  const next = map.tryJoinNext();
  expect([next?.[0], next?.[1].unwrap(), map.tryJoinNext(), map.isEmpty()]).toEqual([
    1,
    'after',
    undefined,
    true,
  ]);
});
