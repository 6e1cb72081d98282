import { AsyncLocalStorage } from 'node:async_hooks';
import { promised, Runtime, sleep, spawn as spawnInside, task, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const request = new AsyncLocalStorage<string>();
const user = new AsyncLocalStorage<number>();
const stores = () => `${request.getStore()}/${user.getStore()}`;

const PAIRS = ['first', 'second', 'third'].map((name, at) => [name, at] as const);

/** Runs one body in three requests and in none, interleaved, and gives what the polls of each have seen. */
async function seenBy(body: (see: () => void) => unknown): Promise<string[][]> {
  const { host, spawn } = byHand();
  const lists: string[][] = [];
  const begin = () => {
    const seen: string[] = [];
    lists.push(seen);
    return spawn(body, () => void seen.push(stores()));
  };
  const handles = PAIRS.map(([name, at]) => request.run(name, () => user.run(at, begin)));
  handles.push(begin());
  await host.advance(10);
  for (const handle of handles) expect(await outcomeOf(handle)).not.toBe('not finished');
  return lists;
}

const EVERY = (times: number) =>
  [...PAIRS.map(([name, at]) => `${name}/${at}`), 'undefined/undefined'].map((own) => Array(times).fill(own));

describe('the stores that are active at a spawn are active, and no others,', () => {
  it('in every poll of a generator task', async () => {
    const seen = await seenBy(function* (see: () => void) {
      see();
      yield* yieldNow();
      see();
      yield* sleep(5);
      see();
      yield* promised(Promise.resolve());
      see();
      try {
        yield 5 as never;
      } catch {
        see();
      }
      yield* yieldNow();
      see();
    });
    expect(seen).toEqual(EVERY(6));
  });

  it('in every poll of an async task', async () => {
    const seen = await seenBy(async (see: () => void) => {
      see();
      await yieldNow();
      see();
      await sleep(5);
      see();
      await Promise.all([sleep(1), sleep(1)]);
      see();
      await null;
      see();
    });
    expect(seen).toEqual(EVERY(5));
  });

  it('in a generator that a plain function returned, and in a `then` that is returned', async () => {
    const seen = await seenBy((see: () => void) => {
      see();
      return (function* () {
        yield* yieldNow();
        see();
        return {
          then(give: () => void) {
            see();
            give();
          },
        };
      })();
    });
    expect(seen).toEqual(EVERY(3));
  });

  it('in the cleanup of an aborted task', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const handles = [undefined, 'first', 'second'].map((name) => {
      const begin = () =>
        spawn(function* () {
          try {
            yield* sleep(1000);
          } finally {
            seen.push(stores());
            yield* yieldNow();
            seen.push(stores());
          }
        });
      return name === undefined ? begin() : request.run(name, begin);
    });
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    const each = ['undefined/undefined', 'first/undefined', 'second/undefined'];
    expect(seen).toEqual([...each, ...each]);
  });

  it('in a child, at whatever depth', async () => {
    const seen = await seenBy(function* (see: () => void) {
      yield* yieldNow();
      yield* spawnInside(async () => {
        await yieldNow();
        await spawnInside(function* () {
          yield* sleep(1);
          see();
        });
      });
    });
    expect(seen).toEqual(EVERY(1));
  });

  it('in a child that was spawned inside a `run` of its own, and not in its parent', async () => {
    const seen = await seenBy(function* (see: () => void) {
      const child = request.run('child', () =>
        spawnInside(function* () {
          yield* sleep(1);
          return stores();
        }),
      );
      const orphan = request.exit(() => spawnInside(() => stores()));
      yield* child;
      yield* orphan;
      see();
    });
    expect(seen).toEqual(EVERY(1));
  });
});

it.each([7, 0, Number.NaN, '', null, false])('a store may be any value, such as %s', async (value) => {
  const { host, spawn } = byHand();
  const storage = new AsyncLocalStorage<unknown>();
  const seen: unknown[] = [];
  storage.run(value, () => {
    spawn(function* () {
      seen.push(storage.getStore());
      yield* yieldNow();
      seen.push(storage.getStore());
    });
    spawn(async () => {
      seen.push(storage.getStore());
      await yieldNow().then(() => seen.push(storage.getStore()));
    });
  });
  await host.settle();
  expect(seen).toEqual([value, value, value, value]);
});

it('no listener runs in the store of whoever set the timer that aborts its task', async () => {
  const runtime = new Runtime();
  const seen: unknown[] = [];
  const first = request.run('first', () => runtime.spawn(() => sleep(1)));
  const second = runtime.spawn(async () => {
    const handle = task.builder({ timeoutMs: 3 }).spawn(async () => {
      task.signal.addEventListener('abort', () => seen.push(request.getStore()));
      await sleep(60_000);
    });
    await handle;
  });
  await Promise.all([first, second]);
  expect(seen).toEqual([undefined]);
});

describe('a task without a store', () => {
  it('that is spawned in another one’s turn, from outside any, sees none', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const outside = request.exit(() => new AsyncLocalStorage<string>());
    request.run('first', () =>
      spawn(async () => {
        for (let step = 0; step < 3; step += 1) await yieldNow();
        request.exit(() =>
          spawn(function* () {
            seen.push(stores());
            yield* sleep(1);
            seen.push(stores());
          }),
        );
      }),
    );
    await host.advance(1);
    expect([seen, outside.getStore()]).toEqual([['undefined/undefined', 'undefined/undefined'], undefined]);
  });

  it('keeps what `enterWith` sets to itself, and others do not see it', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const enter = spawn(function* () {
      yield* yieldNow();
      request.enterWith('entered');
      seen.push(`own ${stores()}`);
      yield* yieldNow();
      seen.push(`own ${stores()}`);
      yield* sleep(1);
      seen.push(`own ${stores()}`);
    });
    const other = spawn(function* () {
      for (let step = 0; step < 4; step += 1) {
        seen.push(`other ${stores()}`);
        yield* yieldNow();
      }
      yield* spawnInside(() => seen.push(`other’s child ${stores()}`));
    });
    await host.advance(1);
    for (const handle of [enter, other]) expect(handle.isFinished()).toBe(true);
    expect(seen.filter((line) => line.startsWith('own'))).toEqual(Array(3).fill('own entered/undefined'));
    const others = seen.filter((line) => line.startsWith('other'));
    expect(new Set(others)).toEqual(
      new Set(['other undefined/undefined', 'other’s child undefined/undefined']),
    );
    expect(stores()).toBe('undefined/undefined');
  });

  it('keeps what `enterWith` set in its first poll, as a function and as a generator', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const body = function* () {
      request.enterWith('entered');
      yield* yieldNow();
      seen.push(stores());
    };
    const handles = [spawn(body), spawn(body())];
    await host.advance(1);
    for (const handle of handles) expect(handle.isFinished()).toBe(true);
    expect(seen).toEqual(['entered/undefined', 'entered/undefined']);
    expect(stores()).toBe('undefined/undefined');
  });

  it('sees none that was made after it began', async () => {
    const { host, spawn } = byHand();
    const seen: unknown[] = [];
    const late = () => {
      const made = new AsyncLocalStorage<string>();
      made.run('late', () =>
        spawn(function* () {
          yield* yieldNow();
          seen.push(made.getStore());
        }),
      );
      return made;
    };
    spawn(function* () {
      const made = late();
      for (let step = 0; step < 3; step += 1) {
        yield* yieldNow();
        seen.push(made.getStore());
      }
    });
    await host.settle();
    expect(seen.toSorted()).toEqual(['late', undefined, undefined, undefined]);
  });
});
