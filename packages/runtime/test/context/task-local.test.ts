import {
  join,
  promised,
  scope,
  select,
  shielded,
  sleep,
  spawn as spawnInside,
  taskLocal,
  timeout,
  yieldNow,
} from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const REQUEST = taskLocal<string>('test.request');
const USER = taskLocal<number>('test.user');
const TRACE = taskLocal<string>('test.trace', { travels: true });

const own = () => `${REQUEST.tryGet()}/${USER.tryGet()}/${TRACE.tryGet()}`;
const foreign = () => new Promise((resolve) => setImmediate(resolve));

/** What the branches see of two tasks, one of each form, that run a body with two values at once. */
async function seenByTwo(body: (see: () => void) => unknown): Promise<string[][]> {
  const seen: string[][] = [];
  const begin = (name: string) => {
    const list: string[] = [];
    seen.push(list);
    return REQUEST.scope(name, () => body(() => void list.push(own())) as Promise<void>);
  };
  const handles = [
    spawnInside(function* () {
      yield* join(begin('a'), begin('b'));
      return own();
    }),
    spawnInside(async () => {
      await join(begin('c'), begin('d'));
      return own();
    }),
  ];
  for (const handle of handles) expect((await handle).unwrap()).toBe('undefined/undefined/undefined');
  return seen;
}

const EACH = (times: number) =>
  ['a', 'b', 'c', 'd'].map((name) => Array(times).fill(`${name}/undefined/undefined`));

describe('a value is seen in its scope, and no other branch’s,', () => {
  it('in every poll of a generator', async () => {
    const seen = await seenByTwo(function* (see) {
      see();
      yield* yieldNow();
      see();
      yield* sleep(2);
      see();
      yield* promised(foreign());
      see();
    });
    expect(seen).toEqual(EACH(4));
  });

  it('behind every await of an async function', async () => {
    const seen = await seenByTwo(async (see) => {
      see();
      await yieldNow();
      see();
      await sleep(2);
      see();
      await foreign();
      see();
      await sleep(1).then(see);
    });
    expect(seen).toEqual(EACH(5));
  });

  it('in an async function that a generator calls later', async () => {
    const seen = await seenByTwo(function* (see) {
      yield* sleep(1);
      yield* promised(
        (async () => {
          await foreign();
          see();
          await sleep(1);
          see();
        })(),
      );
    });
    expect(seen).toEqual(EACH(2));
  });

  it('in the generators, functions and operations among its branches', async () => {
    const seen = await seenByTwo(async (see) => {
      await join(
        function* () {
          yield* sleep(1);
          see();
        },
        async () => {
          await sleep(2);
          see();
        },
        timeout(5, () => see()),
      );
      await shielded(async () => {
        await sleep(1);
        see();
      });
    });
    expect(seen).toEqual(EACH(4));
  });

  it('in a plain function, a generator object and an operation', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const plain = yield* REQUEST.scope('plain', own);
      const generator = yield* REQUEST.scope(
        'generator',
        (function* () {
          yield* yieldNow();
          return own();
        })(),
      );
      const operation = yield* REQUEST.scope('operation', join(own));
      return [plain, generator, ...operation].join(' ');
    });
    await host.settle();
    const each = ['plain', 'generator', 'operation'].map((name) => `${name}/undefined/undefined`);
    expect(await outcomeOf(handle)).toBe(each.join(' '));
  });
});

describe('a scope', () => {
  it('gives what its body gives, and throws what it throws', async () => {
    const text = await REQUEST.scope('r', async () => REQUEST.get().length);
    expectTypeOf(text).toEqualTypeOf<number>();
    expect(text).toBe(1);
    const boom = new Error('boom');
    await expect(
      REQUEST.scope('r', () => {
        throw boom;
      }),
    ).rejects.toBe(boom);
    expect(REQUEST.tryGet()).toBe(undefined);
  });

  it('works outside any task', async () => {
    const seen = await REQUEST.scope('outside', async () => {
      await foreign();
      await sleep(1);
      return own();
    });
    expect([seen, own()]).toEqual(['outside/undefined/undefined', 'undefined/undefined/undefined']);
  });

  it('hides the value of the one around it, and brings it back', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    for (const wait of [() => yieldNow(), () => sleep(1)]) {
      spawn(function* () {
        yield* REQUEST.scope('outer', function* () {
          seen.push(own());
          yield* REQUEST.scope('inner', function* () {
            yield* wait();
            seen.push(own());
          });
          yield* wait();
          seen.push(own());
        });
        seen.push(own());
      });
    }
    await host.advance(5);
    expect(seen.toSorted()).toEqual(
      ['inner', 'inner', 'outer', 'outer', 'outer', 'outer', 'undefined', 'undefined'].map(
        (name) => `${name}/undefined/undefined`,
      ),
    );
  });

  it('of one local does not touch another', async () => {
    const seen = await REQUEST.scope('r', () => USER.scope(7, () => sleep(1).then(own)));
    expect(seen).toBe('r/7/undefined');
  });

  it('sets any value, undefined too', async () => {
    const MAYBE = taskLocal<string | undefined>('test.maybe');
    expect(await MAYBE.scope(undefined, () => MAYBE.get())).toBe(undefined);
  });

  it.each([
    ['generator', (seen: string[]) => cleaning(seen)],
    ['async', (seen: string[]) => cleaningAsync(seen)],
  ])('has its value in the cleanup of an aborted %s', async (_, body) => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const handle = spawn(async () => {
      await REQUEST.scope('r', () => body(seen) as Promise<void>);
    });
    const generator = spawn(function* () {
      yield* REQUEST.scope('r', () => body(seen) as Generator<never, void>);
    });
    await host.settle();
    handle.abort();
    generator.abort();
    await host.advance(10);
    await foreign();
    expect(seen).toEqual(Array(seen.length).fill('r/undefined/undefined'));
    expect(seen.length).toBeGreaterThanOrEqual(2);
  });

  it('that loses is left, and its cleanup has the value', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const handle = spawn(function* () {
      yield* select({ tick: sleep(1), slow: REQUEST.scope('slow', () => cleaning(seen)) });
      return own();
    });
    await host.advance(5);
    expect(await outcomeOf(handle)).toBe('undefined/undefined/undefined');
    expect(seen).toEqual(['slow/undefined/undefined', 'slow/undefined/undefined']);
  });

  it('around `shielded` is not torn by an abort', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const handle = spawn(async () => {
      try {
        await sleep(100);
      } finally {
        await REQUEST.scope(
          'r',
          shielded(async () => {
            await sleep(1);
            seen.push(own());
          }),
        );
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(5);
    expect([await outcomeOf(handle), seen]).toEqual(['cancelled', ['r/undefined/undefined']]);
  });

  it('keeps an async body in its task: the current one, its abort, its end', async () => {
    const { host, spawn } = byHand();
    const { task } = await import('@heddle/runtime');
    const handle = spawn(() => REQUEST.scope('r', () => sleep(1).then(() => task.id())));
    await host.advance(2);
    expect(await outcomeOf(handle)).toBe(String(handle.id));
  });
});

function* cleaning(seen: string[]) {
  try {
    yield* sleep(1000);
  } finally {
    seen.push(own());
    yield* yieldNow();
    seen.push(own());
  }
}

async function cleaningAsync(seen: string[]) {
  try {
    await sleep(1000);
  } finally {
    seen.push(own());
    await foreign();
    seen.push(own());
  }
}

describe('syncScope', () => {
  it('sets the value for one call, and gives what that returns', () => {
    expect(REQUEST.syncScope('sync', () => USER.syncScope(1, own))).toBe('sync/1/undefined');
    expect(own()).toBe('undefined/undefined/undefined');
    expect(() =>
      REQUEST.syncScope('sync', () => {
        throw new Error('boom');
      }),
    ).toThrow('boom');
    expect(own()).toBe('undefined/undefined/undefined');
  });

  it('works in the polls of both forms of a task', async () => {
    const { host, spawn } = byHand();
    const handles = [
      spawn(function* () {
        yield* yieldNow();
        return `${REQUEST.syncScope('s', own)} ${own()}`;
      }),
      spawn(async () => {
        await yieldNow();
        return `${REQUEST.syncScope('s', own)} ${own()}`;
      }),
    ];
    await host.settle();
    for (const handle of handles) {
      expect(await outcomeOf(handle)).toBe('s/undefined/undefined undefined/undefined/undefined');
    }
  });
});

describe('a spawned task', () => {
  /** What a child sees at its beginning and later, in each form. */
  const childrenSee = async () => {
    const bodies = [
      function* () {
        const first = own();
        yield* sleep(1);
        const inAsync = yield* promised(foreign().then(own));
        return [first, own(), inAsync];
      },
      async () => {
        const first = own();
        await sleep(1);
        const inAsync = await foreign().then(own);
        return [first, own(), inAsync];
      },
      () => [own()],
    ];
    const handles = bodies.map((body) => spawnInside(body as () => Promise<string[]>));
    const results = await Promise.all(handles);
    return new Set(results.flatMap((result) => result.unwrap()));
  };

  it('does not inherit a value', async () => {
    const inAsync = await REQUEST.scope('parent', () => USER.scope(1, childrenSee));
    const spawned = spawnInside(() => REQUEST.scope('parent', childrenSee));
    expect(inAsync).toEqual(new Set(['undefined/undefined/undefined']));
    expect((await spawned).unwrap()).toEqual(new Set(['undefined/undefined/undefined']));
  });

  it('has the values that travel, from its first line to its last', async () => {
    const seen = await REQUEST.scope('parent', () => TRACE.scope('t', childrenSee));
    const spawned = spawnInside(() => TRACE.scope('t', childrenSee));
    expect(seen).toEqual(new Set(['undefined/undefined/t']));
    expect((await spawned).unwrap()).toEqual(new Set(['undefined/undefined/t']));
  });

  it('has the value that is seen at its spawn, and hands it on', async () => {
    const grandchild = await TRACE.scope('outer', async () => {
      await sleep(1);
      const child = TRACE.syncScope('inner', () =>
        spawnInside(function* () {
          yield* yieldNow();
          return yield* spawnInside(() => sleep(1).then(own));
        }),
      );
      const [seen, beside] = await join(child, spawnInside(own));
      return [seen.unwrap().unwrap(), beside.unwrap(), own()];
    });
    expect(grandchild).toEqual(['inner', 'outer', 'outer'].map((name) => `undefined/undefined/${name}`));
  });

  it('may set it anew for itself', async () => {
    const child = TRACE.syncScope('parent', () =>
      spawnInside(function* () {
        const inner = yield* TRACE.scope('own', function* () {
          yield* yieldNow();
          return TRACE.get();
        });
        return [inner, TRACE.get()];
      }),
    );
    expect((await child).unwrap()).toEqual(['own', 'parent']);
  });

  it('in a scope has them as any other', async () => {
    const seen = await TRACE.scope('t', () => scope((s) => s.spawn(own).unwrap()));
    expect(seen).toBe('undefined/undefined/t');
  });

  it('has them in the cleanup of its abort', async () => {
    const { host, spawn } = byHand();
    const seen: string[] = [];
    const handles = TRACE.syncScope('t', () => [
      spawn(() => cleaning(seen)),
      spawn(() => cleaningAsync(seen)),
    ]);
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    await foreign();
    await host.settle();
    expect(seen).toEqual(Array(4).fill('undefined/undefined/t'));
  });
});

describe('get', () => {
  it('throws outside any scope, by name', () => {
    expect(() => REQUEST.get()).toThrow('taskLocal("test.request") has no value here');
  });
});
