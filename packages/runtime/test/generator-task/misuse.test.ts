import { join, sleep, spawn as spawnByDefault, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const FORGOTTEN_STAR = 'which is not an operation of heddle: use `yield*`';

describe('a generator task that yields something else than an operation', () => {
  it.each([
    ['a plain value', () => 5, '5'],
    ['nothing', () => undefined, 'undefined'],
    ['a promise', () => Promise.resolve(1), 'Promise'],
    ['an operation without the star', () => sleep(1), 'sleep(1)'],
    ['an object that looks like a suspension', () => ({ kind: 'suspension' }), "kind: 'suspension'"],
  ])('panics on %s, and says what to write instead', async (_, make, text) => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      try {
        yield make() as never;
        lines.push('went on');
      } finally {
        lines.push('cleaned up');
      }
    });
    await host.settle();
    expect(lines).toEqual(['cleaned up']);
    const outcome = await outcomeOf(handle);
    expect(outcome).toContain(FORGOTTEN_STAR);
    expect(outcome).toContain(text);
  });

  it('is told where it did so, and may go on if it catches that', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      try {
        yield 5 as never;
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
      yield* sleep(1);
      return 'went on';
    });
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('went on');
  });

  it('panics when it does nothing else and catches everything, and keeps nobody waiting', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      for (;;) {
        try {
          yield 5 as never;
        } catch {}
      }
    });
    const other = spawn(function* () {
      return 'served';
    });
    await host.settle();
    expect(await outcomeOf(handle)).toContain(FORGOTTEN_STAR);
    expect(await outcomeOf(other)).toBe('served');
  });

  it('may yield by hand in a branch and panics just the same', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      yield* join(
        (function* () {
          for (;;) {
            try {
              yield 5 as never;
            } catch {}
          }
        })(),
      );
    });
    await host.settle();
    expect(await outcomeOf(handle)).toContain(FORGOTTEN_STAR);
  });
});

// A handle is an operation as well as it is a handle.
const neverMind = () => spawnByDefault(function* () {});

describe('an operation that is iterated by something else than `yield*`', () => {
  const operations: readonly [string, () => Iterable<unknown>][] = [
    ['sleep()', () => sleep(1)],
    ['yieldNow()', () => yieldNow()],
    ['join()', () => join(sleep(1), sleep(2))],
    ['a handle of task', () => neverMind()],
  ];
  const walks: readonly [string, (operation: Iterable<unknown>) => void][] = [
    ['spread', (operation) => void [...operation]],
    ['destructured', (operation) => void (([first]) => first)(operation as [unknown])],
    [
      'destructured twice',
      (operation) => void (([, second]) => second)(operation as unknown as [unknown, unknown]),
    ],
    [
      'walked over',
      (operation) => {
        for (const step of operation) void step;
      },
    ],
    ['made an array', (operation) => void Array.from(operation)],
    ['made a set', (operation) => void new Set(operation)],
  ];

  for (const [name, make] of operations) {
    const text = new RegExp(`${name.replace('()', '\\(\\)')}.* was iterated; write .await `);

    it.each(walks)(`throws when ${name} is %s in a task, and begins nothing`, async (_, walk) => {
      const { host, spawn } = byHand();
      const handle = spawn(function* () {
        walk(make());
        yield* sleep(1000);
      });
      await host.settle();
      expect(await outcomeOf(handle)).toMatch(text);
      expect(host.pendingTimers).toBe(0);
    });

    it.each(walks)(`throws when ${name} is %s outside any task`, (_, walk) => {
      expect(() => walk(make())).toThrow(text);
    });
  }

  it('throws when it is walked over by Promise.all in an async task', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => await Promise.all(join(sleep(1)) as never));
    await host.settle();
    expect(await outcomeOf(handle)).toContain('join() was iterated');
  });
});

describe('an operation that is used twice', () => {
  it.each([
    ['yield*', 'yield*'],
    ['yield*', 'await'],
    ['await', 'await'],
  ])('throws at the second use: %s, then %s', async (first, second) => {
    const { host, spawn } = byHand();
    const operation = join();
    const use = (how: string) =>
      how === 'await'
        ? spawn(async () => void (await operation))
        : spawn(function* () {
            yield* operation;
          });
    use(first);
    const handle = use(second);
    await host.settle();
    expect(await outcomeOf(handle)).toBe(
      'panic join() was used twice. An operation is used once: call the function again for another.',
    );
  });
});
