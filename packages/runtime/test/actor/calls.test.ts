import { type Actor, move, registerClass, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, describe, expect, test } from 'vitest';

/** What a call of an actor's method carries there and back. */
const { Counter, Echo } = tasksFrom<typeof import('./modules/actors.mjs')>(
  new URL('./modules/actors.mjs', import.meta.url),
);

class Point {
  readonly x: number;
  readonly y: number;

  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }

  length(): number {
    return Math.hypot(this.x, this.y);
  }
}
class NoMoney extends Error {
  declare readonly missing: unknown;
}
registerClass(Point, 'test.Point');
registerClass(NoMoney, 'test.NoMoney');

const UNREADABLE = {
  name: 'TypeError',
  code: 'ERR_NOT_SENDABLE',
  message: expect.stringMatching(/^an actor: what was sent cannot be read on the other thread: /),
};

function nested(depth: number): unknown {
  let value: unknown = null;
  for (let at = 0; at < depth; at += 1) value = { value };
  return value;
}

const echo = thread.actor(Echo);
const { remote } = echo;
afterAll(async () => {
  await echo.stop();
});

describe('a call', () => {
  test('runs a method of the one object, on another thread, in the order made', async () => {
    await using counter = thread.actor(Counter, 40);
    const calls = [1, 2, 3].map((n) => counter.remote.add(n));
    expect(await Promise.all(calls)).toEqual([41, 43, 46]);
    expect(await counter.remote.value()).toBe(46);
    expect(await counter.remote.threadId()).toBeGreaterThan(0);
  });

  test('may be made before the thread has begun', async () => {
    await using counter = thread.actor(Counter);
    expect(await counter.remote.add(1)).toBe(1);
  });

  test('gives values as they cross to a thread', async () => {
    const value = { at: new Date(0), tags: new Set(['a']), deep: [new Map([[1, new Point(3, 4)]])] };
    const back = (await remote.same(value)) as typeof value;
    expect(back).toEqual(value);
    expect(back.deep[0]!.get(1)!.length()).toBe(5);
  });

  test('moves what is marked, either way', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(await remote.sum(move(bytes))).toBe(6);
    expect(bytes.byteLength).toBe(0);
    expect((await remote.bytes(1000)).byteLength).toBe(1000);
  });

  test('keeps many in flight apart', async () => {
    const calls = Array.from({ length: 1000 }, (_, n) => remote.same(n));
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });
});

describe('a refusal', () => {
  test('of an argument comes at the call, with its path, and nothing was sent', async () => {
    expect(() => remote.same({ list: [() => 1] })).toThrow(
      'Echo.same: args[0].list[0]: function cannot cross to another thread.',
    );
    class Local {}
    expect(() => remote.same(1, new Local())).toThrow(
      'Echo.same: args[1]: an instance of Local cannot cross',
    );
    expect(await remote.same('still here')).toBe('still here');
  });

  test('of a result is what the call rejects with, and the actor goes on', async () => {
    await expect(remote.unclonable()).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ERR_NOT_SENDABLE',
      message: 'Echo.unclonable: result.deep[0]: function cannot cross to another thread.',
    });
    await expect(remote.goneAlready()).rejects.toMatchObject({ name: 'TypeError', code: 'ERR_NOT_SENDABLE' });
    expect(await remote.same(1)).toBe(1);
  });

  test('of a result that is nested too deep for this thread is what the call rejects with, and the actor goes on', async () => {
    await expect(remote.nested(4_000)).rejects.toMatchObject(UNREADABLE);
    expect(await remote.same(1)).toBe(1);
  });

  test('of arguments that are nested too deep for the thread of the actor, at a call and at its birth', async () => {
    const small = thread.builder({ resourceLimits: { stackSizeMb: 0.5 } });
    await using actor = small.actor(Echo);
    await expect(actor.remote.same(nested(1_200))).rejects.toMatchObject(UNREADABLE);
    expect(await actor.remote.same(1)).toBe(1);
    const { handle } = small.actor(Echo, nested(1_200));
    const outcome = await handle;
    expect(outcome.ok).toBe(false);
    expect(outcome.ok || outcome.error.intoPanic()).toMatchObject(UNREADABLE);
  });

  test('of a constructor argument comes from thread.actor itself', () => {
    const broken = Counter as unknown as Parameters<typeof thread.actor>[0];
    const before = thread.metrics().threadsStarted;
    expect(() => thread.actor(broken, (() => 1) as never)).toThrow(
      'thread.actor: args[0]: function cannot cross to another thread.',
    );
    expect(thread.metrics().threadsStarted).toBe(before);
  });

  test('names a method that there is not, and those that there are', async () => {
    const wrong = remote as unknown as Actor<{
      sane(): void;
      constructor(): void;
      accessor(): void;
    }>['remote'];
    await expect(wrong.sane()).rejects.toMatchObject({
      name: 'TypeError',
      message: expect.stringMatching(/^Echo has no method "sane"\. It has "same", "nested", /),
    });
    await using counter = thread.actor(Counter);
    const odd = counter.remote as unknown as Record<'accessor' | 'step', () => Promise<unknown>>;
    await expect(odd.accessor()).rejects.toThrow('Counter has no method "accessor"');
    await expect(odd.step()).rejects.toThrow('Counter has no method "step"');
  });

  test('of a generator names the method', async () => {
    const wrong = remote as unknown as Record<'many' | 'manyLater', () => Promise<unknown>>;
    await expect(wrong.many()).rejects.toThrow('Echo.many: a generator gives many values');
    await expect(wrong.manyLater()).rejects.toThrow('Echo.manyLater: a generator gives many values');
    await expect(remote.manyBehind()).rejects.toThrow('Echo.manyBehind: a generator gives many values');
  });
});

describe('what a method throws', () => {
  const thrownBy = (kind: Parameters<typeof remote.throwKind>[0]) =>
    remote.throwKind(kind).then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    );

  test('keeps its registered class and its fields', async () => {
    const error = await thrownBy('class');
    expect(error).toBeInstanceOf(NoMoney);
    expect(error).toMatchObject({ name: 'NoMoney', message: '7 short', missing: 7 });
    expect((error as Error).stack).toContain('actors.mjs');
  });

  test('keeps its built-in class, its code and its cause', async () => {
    const error = await thrownBy('code');
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: 'too far', code: 'E_FAR', cause: new TypeError('inner') });
  });

  test('keeps the errors of an AggregateError', async () => {
    const error = (await thrownBy('aggregate')) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors[0]).toBeInstanceOf(NoMoney);
    expect(error.errors[1]).toBe('two');
  });

  test('keeps a DOMException', async () => {
    const error = await thrownBy('dom');
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: 'NotFoundError', code: 8 });
  });

  test('need not be an error', async () => {
    expect(await thrownBy('string')).toBe('just text');
    expect(await thrownBy('undefined')).toBe(undefined);
  });
});

describe('a remote', () => {
  test('is not taken for a promise, and asking it what every object has asks nobody', async () => {
    expect(await remote).toBe(remote);
    expect(await Promise.resolve(remote)).toBe(remote);
    expect('then' in remote).toBe(false);
    expect(JSON.stringify({ remote })).toBe('{"remote":{}}');
    expect(() => `${remote as unknown as string}`).toThrow(TypeError);
  });

  test('gives the same function for a method each time', () => {
    expect(remote.same).toBe(remote.same);
  });

  test('cannot be written to', () => {
    expect(() => Object.assign(remote, { same: 1 })).toThrow(TypeError);
  });
});
