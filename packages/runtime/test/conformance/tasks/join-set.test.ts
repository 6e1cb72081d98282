import { type AbortHandle, JoinSet, Runtime, sleep } from '@heddle/runtime';
import { oneshot, watch } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';

/** What tokio promises of its JoinSet in its own tests, row by row. Over each test stands its source. */

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

function setByHand<T>() {
  const { host, runtime, spawn } = byHand();
  return { host, runtime, spawn, set: new JoinSet<T>() };
}

/** All outcomes of a set, in the order in which they come. */
async function drained<T>(set: JoinSet<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const result of set) values.push(result.unwrap());
  return values;
}

const indices = (count: number) => Array.from({ length: count }, (_, at) => at);

// task_join_set.rs: test_with_sleep
test('joinset/1 len() rises with each spawn, detachAll() empties without an abort, and each is joined once', async () => {
  const { host, spawn, set } = setByHand<number>();
  const ended: number[] = [];
  const add = (at: number) =>
    set.spawnOn(spawn, function* () {
      yield* sleep(10 - at);
      ended.push(at);
      return at;
    });
  for (const at of indices(10)) {
    add(at);
    expect(set.len()).toBe(at + 1);
  }
  set.detachAll();
  expect([set.len(), await set.joinNext()]).toEqual([0, undefined]);
  for (let round = 0; round < 2; round += 1) {
    for (const at of indices(10)) add(at);
    const joined = drained(set);
    await host.advance(10);
    expect(await joined).toEqual(indices(10).reverse());
    expect(set.len()).toBe(0);
  }
  expect(ended).toHaveLength(30);
});

// task_join_set.rs: alternating
test('joinset/2 a task that was joined leaves the set at once', async () => {
  const { host, spawn, set } = setByHand<void>();
  set.spawnOn(spawn, () => {});
  set.spawnOn(spawn, () => {});
  for (let round = 0; round < 16; round += 1) {
    await host.settle();
    expect((await set.joinNext())?.ok).toBe(true);
    expect(set.len()).toBe(1);
    set.spawnOn(spawn, () => {});
    expect(set.len()).toBe(2);
  }
});

// task_join_set.rs: join_all
test('joinset/3 joinAll() gives the values of all', async () => {
  const { host, spawn, set } = setByHand<number>();
  for (let n = 0; n < 5; n += 1) set.spawnOn(spawn, () => 1);
  const all = (async () => await set.joinAll())();
  await host.settle();
  expect(await all).toEqual([1, 1, 1, 1, 1]);
});

// task_join_set.rs: task_panics
test('joinset/4 joinAll() panics with the first panic, and the other task never sends', async () => {
  const { host, spawn, set } = setByHand<void>();
  const [sender, receiver] = oneshot<string>();
  set.spawnOn(spawn, function* () {
    yield* sleep(2000);
    sender.send('too late');
  });
  set.spawnOn(spawn, function* () {
    yield* sleep(1000);
    throw new Error('boom');
  });
  const joining = spawn(async () => void (await set.joinAll()));
  await host.advance(10_000);
  expect([await outcomeOf(joining), receiver.tryRecv()]).toEqual([
    'panic boom',
    { ok: false, error: 'empty' },
  ]);
});

// task_join_set.rs: join_set_coop
test('joinset/5 who joins a thousand tasks that have ended gives way in between, and gets them all', async () => {
  const { host, runtime, spawn, set } = setByHand<number>();
  for (const at of indices(1000)) set.spawnOn(spawn, () => at);
  await host.settle();
  const before = runtime.metrics().pollCount;
  const joining = spawn(function* () {
    let count = 0;
    while ((yield* set.joinNext()) !== undefined) count += 1;
    return count;
  });
  await host.settle();
  expect(await outcomeOf(joining)).toBe('1000');
  expect(runtime.metrics().pollCount - before).toBeGreaterThan(1);
});

/** A thousand tasks that wait for one change, and what lets them end. */
async function waitingForOne() {
  const { host, spawn, set } = setByHand<number>();
  const [sender, receiver] = watch(false);
  const handles: AbortHandle[] = [];
  for (const at of indices(1000)) {
    const own = receiver.clone();
    handles.push(
      set.spawnOn(spawn, function* () {
        yield* own.changed();
        return at;
      }),
    );
  }
  await host.settle();
  const end = async () => {
    sender.send(true);
    await host.settle();
  };
  return { set, spawn, host, handles, end };
}

// task_join_set.rs: try_join_next
test('joinset/6 tryJoinNext() has nothing while tasks wait, and then gives all in one poll, budget or not', async () => {
  const { host, spawn, set, end } = await waitingForOne();
  expect(set.tryJoinNext()).toBe(undefined);
  await end();
  const taking = spawn(() => {
    const values: number[] = [];
    for (let next = set.tryJoinNext(); next !== undefined; next = set.tryJoinNext())
      values.push(next.unwrap());
    return values.sort((a, b) => a - b);
  });
  await host.settle();
  expect((await taking).unwrap()).toEqual(indices(1000));
  expect(set.tryJoinNext()).toBe(undefined);
});

// task_join_set.rs: try_join_next_with_id
test('joinset/7 tryJoinNextWithId() gives the ids that spawn gave', async () => {
  const { set, handles, end } = await waitingForOne();
  await end();
  const ids: number[] = [];
  for (let next = set.tryJoinNextWithId(); next !== undefined; next = set.tryJoinNextWithId())
    ids.push(next[0]);
  expect(ids.sort((a, b) => a - b)).toEqual(handles.map(({ id }) => id));
});

// task_join_set.rs: spawn_local::local_set::spawn_then_join_next
test('joinset/8 nothing is ready before the runtime is turned, then each of eight tasks once', async () => {
  const { host, spawn, set } = setByHand<number>();
  for (const at of indices(8)) set.spawnOn(spawn, () => at);
  expect(set.tryJoinNext()).toBe(undefined);
  const next = step(set.joinNext());
  expect(next.poll()).toBe(PENDING);
  next.drop();
  await host.settle();
  expect((await drained(set)).sort()).toEqual(indices(8));
  expect(set.isEmpty()).toBe(true);
});

/** Eight tasks that never end, and the receivers of the senders that they own. */
function endless() {
  const { host, spawn, set } = setByHand<void>();
  const receivers = indices(8).map(() => {
    const [sender, receiver] = oneshot<void>();
    set.spawnOn(spawn, function* () {
      try {
        for (;;) yield* sleep(1000);
      } finally {
        sender.close();
      }
    });
    return receiver;
  });
  return {
    host,
    set,
    spawn,
    closed: () => receivers.filter((receiver) => isClosed(receiver)).length,
  };
}

function isClosed(receiver: ReturnType<typeof oneshot<void>>[1]): boolean {
  const got = receiver.tryRecv();
  return !got.ok && got.error === 'closed';
}

// task_join_set.rs: spawn_local::local_set::spawn_then_shutdown
test('joinset/9 when shutdown() has ended the set is empty, and what the tasks owned is gone', async () => {
  const { host, set, closed } = endless();
  await host.settle();
  const ended = (async () => {
    await set.shutdown();
    return [set.isEmpty(), closed()];
  })();
  await host.settle();
  expect(await ended).toEqual([true, 8]);
});

// task_join_set.rs: spawn_local::local_set::spawn_then_drop
test('joinset/10 disposing a set aborts its tasks while they run, and before they have begun they never do', async () => {
  const running = endless();
  await running.host.settle();
  running.set[Symbol.dispose]();
  await running.host.settle();
  expect([running.closed(), running.set.len(), running.host.pendingTimers]).toEqual([8, 0, 0]);

  const { host, spawn, set } = setByHand<void>();
  let began = 0;
  for (let n = 0; n < 8; n += 1)
    set.spawnOn(spawn, () => {
      began += 1;
    });
  set[Symbol.dispose]();
  await host.settle();
  expect([began, host.turn()]).toEqual([0, false]);
});

// loom_join_set.rs: test_join_set
test('joinset/11 len() is exact at every step on a pool of one thread, and nothing is left after the runtime', async () => {
  const runtime = new Runtime({ blocking: { maxThreads: 1 } });
  const set = new JoinSet<number>();
  const lengths: number[] = [];
  const add = () => {
    set.spawnOn(runtime.spawnBlocking, (n: number) => n, 1);
    lengths.push(set.len());
  };
  add();
  add();
  await set.joinNext();
  lengths.push(set.len());
  add();
  await set.joinNext();
  await set.joinNext();
  lengths.push(set.len());
  expect(lengths).toEqual([1, 2, 1, 2, 0]);
  set.spawnOn(runtime.spawn, () => sleep(100_000) as never);
  set[Symbol.dispose]();
  await runtime.shutdown();
  const { numBlockingThreads } = runtime.blocking.metrics();
  expect([runtime.metrics().numAliveTasks, numBlockingThreads]).toEqual([0, 0]);
});

// loom_join_set.rs: abort_all_during_completion
test('joinset/12 a task that is aborted as it ends is joined all the same, as cancelled or with its value', async () => {
  const seen: string[] = [];
  for (const abortAfterTurns of [0, 1, 2]) {
    const { host, spawn, set } = setByHand<string>();
    set.spawnOn(spawn, () => 'value');
    for (let turn = 0; turn < abortAfterTurns; turn += 1) host.turn();
    set.abortAll();
    const next = (async () => await set.joinNext())();
    await host.settle();
    const result = await next;
    seen.push(result === undefined ? 'none' : result.ok ? result.value : result.error.kind);
    expect(await set.joinNext()).toBe(undefined);
  }
  expect(seen).toEqual(['cancelled', 'value', 'value']);
});
