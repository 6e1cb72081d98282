import { createSecretKey, webcrypto } from 'node:crypto';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Err, Ok } from '../../../src/base/result.js';
import type { TaskId } from '../../../src/base/task-id.js';
import { JoinError, panicError } from '../../../src/task/join-error.js';
import { encodeResult } from '../../../src/wire/job-result.js';
import { prepareJob } from '../../../src/wire/prepare-job.js';
import { registerClass } from '../../../src/wire/register-class.js';
import { tasksFrom } from '../../../src/wire/tasks-from.js';
import { crossesAsThrown } from '../../../src/wire/thrown-fields.js';
import { crossValue, refusalOf } from './cross-value.js';
import { literal } from './literal.js';

describe('a value that structured clone keeps', () => {
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['text that is not Unicode', '\ud800'],
    ['an object', { a: [1, { b: 'x' }], c: undefined }],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['keys with a meaning', JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "toString": 3}')],
    ['a Map and a Set', new Map<unknown, unknown>([[{ k: 1 }, new Set([1, new Set([2])])]])],
    ['a Date', new Date(0)],
    ['an invalid Date', new Date(Number.NaN)],
    ['a RegExp', /a(?<b>.)/giu],
    ['boxed primitives', [Object(1), Object('x'), Object(true), Object(1n)]],
    [
      'typed arrays',
      [
        new Uint8Array([1]),
        new Float64Array([1.5]),
        new BigInt64Array([1n]),
        new DataView(new ArrayBuffer(2)),
      ],
    ],
    ['an ArrayBuffer', new Uint8Array([1, 2]).buffer],
    ['an array with holes', Object.assign(new Array(5), { 2: 'x' })],
    ['an array with named properties', /(?<x>.)/.exec('a')],
    ['a long array', Array.from({ length: 1_000 }, (_, n) => (n % 7 === 0 ? { n } : n))],
    [
      'errors',
      [new TypeError('a', { cause: new RangeError('b') }), new AggregateError([new Error('c')], 'd')],
    ],
  ])('crosses: %s', (_, value) => {
    expect(crossValue(value)).toEqual(value);
  });

  test('may be of another realm', () => {
    const foreign: unknown = vm.runInNewContext(
      '({ a: [new Map([[1, new Date(0)]]), /x/, new Uint8Array(1), new TypeError("t")] })',
    );
    expect(crossValue(foreign)).toEqual({
      a: [new Map([[1, new Date(0)]]), /x/, new Uint8Array(1), new TypeError('t')],
    });
  });

  test('keeps cycles and shared references', () => {
    const shared = { x: 1 };
    const value: Record<string, unknown> = { a: shared, b: [shared] };
    value.self = value;
    value.map = new Map([[value, value]]);
    const copy = crossValue(value) as { a: unknown; b: unknown[]; self: unknown; map: Map<unknown, unknown> };
    expect(copy.self).toBe(copy);
    expect(copy.b[0]).toBe(copy.a);
    expect(copy.map.get(copy)).toBe(copy);
  });

  test('may be an array of any length that holds little', () => {
    const sparse: unknown[] = [];
    sparse[4_000_000_000] = 'x';
    expect(refusalOf(sparse)).toBe('accepted');
    sparse[3_000_000_000] = () => 1;
    expect(refusalOf(sparse)).toContain('args[0][3000000000]: function');
  });

  test('may be of any depth, and is refused at any depth', () => {
    const nest = (inner: unknown) => {
      let value: unknown = inner;
      for (let n = 0; n < 20_000; n++) value = [value];
      return value;
    };
    expect(refusalOf(nest(1))).toBe('accepted');
    expect(refusalOf(nest(() => 1))).toMatch(/^args\[0]\[0].*….*\[0]: function cannot cross/);
  });

  test('may be shared memory', () => {
    const shared = new SharedArrayBuffer(8);
    const copy = crossValue({ shared, view: new Int32Array(shared) });
    Atomics.store(new Int32Array(shared), 0, 7);
    expect(copy.view[0]).toBe(7);
    expect(copy.view.buffer).toBe(copy.shared);
  });

  test("may be one of Node's own that can be cloned", async () => {
    const key = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']);
    expect(refusalOf([key, createSecretKey(Buffer.from('x')), new Blob(['x'])])).toBe('accepted');
    expect(await crossValue(new Blob(['x'])).text()).toBe('x');
  });
});

describe('a value that would not arrive as it is', () => {
  class Point {
    x = 1;
  }
  class MyMap extends Map {}
  class Failure extends Error {}
  const cannot = (path: string, what: string) => `${path}: ${what} cannot cross to another thread`;

  test.each([
    [{ onDone() {} }, cannot('args[0].onDone', 'function')],
    [[{ a: new Map([['key', { f: () => 1 }]]) }], cannot("args[0][0].a.get('key').f", 'function')],
    [new Map([[() => 1, 1]]), cannot('args[0].keys()[0]', 'function')],
    [new Set([1, new Set([() => 1])]), cannot('args[0].values()[1].values()[0]', 'function')],
    [{ 'a b': { 1: Symbol('x') } }, cannot("args[0]['a b'][1]", 'symbol')],
    [new Error('x', { cause: { f() {} } }), cannot('args[0].cause.f', 'function')],
    [Object.assign(new Error('x'), { f() {} }), cannot('args[0].f', 'function')],
    [new AggregateError([() => 1]), cannot('args[0].errors[0]', 'function')],
    [[Promise.resolve()], `${cannot('args[0][0]', 'a Promise')}. Await it first`],
    [(function* () {})(), cannot('args[0]', 'a generator')],
    [new Proxy({}, {}), cannot('args[0]', 'a Proxy')],
    [{ p: new Proxy([], {}) }, cannot('args[0].p', 'a Proxy')],
    [literal('function () { return arguments; }')(), cannot('args[0]', 'an arguments object')],
    [tasksFrom('file:///m.js').valueOf, cannot('args[0]', 'a reference from tasksFrom()')],
    [new WeakMap(), `${cannot('args[0]', 'an instance of WeakMap')}.`],
    [new WeakRef({}), `${cannot('args[0]', 'an instance of WeakRef')}.`],
    [new URL('a:b'), `${cannot('args[0]', 'an instance of URL')}.`],
    [Object(Symbol('x')), `${cannot('args[0]', 'an instance of Symbol')}.`],
    [
      new Point(),
      `${cannot('args[0]', 'an instance of Point')}. Send plain data, or register the class on both sides with registerClass()`,
    ],
    [[new MyMap()], `${cannot('args[0][0]', 'an instance of MyMap')}. Send plain data, or register`],
    [new Failure('x'), `${cannot('args[0]', 'an instance of Failure')}. Send plain data, or register`],
    [Object.create(Map.prototype), cannot('args[0]', 'an instance of Map')],
    [Object.create({}), cannot('args[0]', 'an object without a class of its own')],
    [Object.create(Object.create(null)), cannot('args[0]', 'an object without a class of its own')],
    [new AbortController().signal, cannot('args[0]', 'an instance of AbortSignal')],
    [
      new MessageChannel().port1,
      `${cannot('args[0]', 'an instance of MessagePort')} unless it is moved: move(value)`,
    ],
    [{ [Symbol('tag')]: 1 }, cannot('args[0][Symbol(tag)]', 'a symbol as a key')],
    [
      {
        get x() {
          return 1;
        },
      },
      'args[0].x: an accessor is not called and cannot cross to another thread',
    ],
    [{ set x(_: number) {} }, 'args[0].x: an accessor is not called and cannot cross to another thread'],
    [
      Object.defineProperty([1, 2], 1, { get: () => 1, enumerable: true }),
      'args[0][1]: an accessor is not called',
    ],
  ])('is refused by its path: %#', (value, message) => {
    expect(refusalOf(value)).toContain(message);
  });

  test('is refused at the call, in the name of the spawner', () => {
    expect(() => prepareJob('spawnBlocking', () => 1, [1, { onDone() {} }])).toThrow(
      expect.objectContaining({
        code: 'ERR_NOT_SENDABLE',
        message: 'spawnBlocking: args[1].onDone: function cannot cross to another thread.',
      }),
    );
  });

  test('is an error of the task when it is the result', () => {
    expect(encodeResult({ onDone() {} })).toMatchObject({
      ok: false,
      error: { code: 'ERR_NOT_SENDABLE', message: 'result.onDone: function cannot cross to another thread.' },
    });
    expect(encodeResult(() => 1)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^result: function/) },
    });
  });

  test('is refused when its memory was moved away before', () => {
    const buffer = new ArrayBuffer(8);
    const view = new Uint8Array(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    expect(refusalOf(buffer)).toBe(
      'args[0]: an instance of ArrayBuffer cannot cross to another thread: its memory was moved away before.',
    );
    expect(refusalOf({ view })).toContain('args[0].view: an instance of Uint8Array cannot cross');
    expect(refusalOf(new Uint8Array(0))).toBe('accepted');
  });

  test('never runs code of its own', () => {
    let ran = 0;
    const hostile = () => {
      ran++;
      throw new Error('ran');
    };
    const accessors = { configurable: true, enumerable: true, get: hostile };
    const values = [
      Object.defineProperty({}, 'x', accessors),
      Object.defineProperty(new Error('x'), 'message', accessors),
      Object.defineProperty(new Error('x'), 'cause', accessors),
      Object.defineProperty({}, Symbol.toStringTag, accessors),
      Object.defineProperty({}, 'constructor', accessors),
      Object.create(Object.defineProperty({}, 'constructor', accessors)) as object,
      new Proxy({}, new Proxy({}, { get: hostile })),
      Object.create(new Proxy({}, new Proxy({}, { get: hostile }))) as object,
      { toJSON: hostile },
      { then: hostile },
      { toString: hostile },
      Object.setPrototypeOf(
        Object.defineProperty(new Uint8Array(1), 'buffer', accessors),
        Uint8Array.prototype,
      ) as object,
    ];
    for (const value of values) refusalOf(value);
    expect(ran).toBe(0);
  });

  test('is refused when reading it throws something of its own', () => {
    const long = Array.from({ length: 1_000 }, () => 0);
    Object.defineProperty(long, 500, {
      get() {
        throw new RangeError('mine');
      },
    });
    const error = encodeResult(long);
    expect(error).toMatchObject({
      ok: false,
      error: { message: 'result: reading this value failed.', cause: { message: 'mine' } },
    });
  });
});

describe('a value of a registered class', () => {
  class Point {
    x = 0;
    y = 0;
    length(): number {
      return Math.hypot(this.x, this.y);
    }
  }
  class Tags extends Map<string, Point> {
    readonly label: string = 'tags';
    get first(): Point | undefined {
      return this.values().next().value;
    }
  }
  class Stack extends Array<number> {
    peek(): number | undefined {
      return this.at(-1);
    }
  }
  class NotFound extends Error {
    override readonly name = 'NotFound';
    status = 404;
    where = { path: '/' };
  }
  class Lazy extends Promise<number> {}
  for (const Class of [Point, Tags, Stack, NotFound, Lazy]) registerClass(Class);

  test('comes back as that class, without running its constructor', () => {
    const point = Object.assign(new Point(), { x: 3, y: 4 });
    const [copy, again] = crossValue([point, point]);
    expect(copy).toBeInstanceOf(Point);
    expect(copy?.length()).toBe(5);
    expect(again).toBe(copy);
  });

  test('may extend a collection, an array or an error', () => {
    const tags = crossValue(new Tags([['a', Object.assign(new Point(), { x: 1 })]]));
    expect(tags).toBeInstanceOf(Tags);
    expect([tags.first?.length(), tags.label, tags.size]).toEqual([1, 'tags', 1]);
    const stack = crossValue(Stack.from([1, 2, 3]) as Stack);
    expect([stack instanceof Stack, stack.peek(), stack.length]).toEqual([true, 3, 3]);
    const error = crossValue(new NotFound('no', { cause: 'x' }));
    expect(error).toBeInstanceOf(NotFound);
    expect(error).toMatchObject({
      name: 'NotFound',
      message: 'no',
      status: 404,
      where: { path: '/' },
      cause: 'x',
    });
    expect(error.stack).toContain('send-value.test.ts');
  });

  test('is looked into', () => {
    expect(refusalOf(Object.assign(new Point(), { f: () => 1 }))).toContain('args[0].f: function');
    expect(refusalOf(new Tags([['a', (() => 1) as unknown as Point]]))).toContain(
      "args[0].get('a'): function",
    );
  });

  test('is refused when there is more to it than its properties', () => {
    expect(refusalOf(new Lazy(() => {}))).toContain('args[0]: a Promise cannot cross');
  });

  test('keeps own properties of errors that are not of a registered class', () => {
    const error = Object.assign(new Error('x'), { code: 'E_X', details: [{ a: 1 }] });
    expect(crossValue(error)).toMatchObject({ message: 'x', code: 'E_X', details: [{ a: 1 }] });
    expect(crossValue(new AggregateError([new TypeError('a')])).errors[0]).toBeInstanceOf(TypeError);
  });
});

describe('results and join errors', () => {
  registerClass(JoinError, 'heddle.JoinError');
  crossesAsThrown(JoinError);
  const id = 7 as TaskId;

  test('come back with their methods', () => {
    const copy = crossValue([Ok(1), Err('no')] as const);
    expect(copy[0].map((n) => n + 1).unwrap()).toBe(2);
    expect(copy[1].unwrapOr(5)).toBe(5);
  });

  test('cross whatever the panic was', () => {
    class Unregistered extends Error {
      code = 'E_UN';
    }
    const cyclic = panicError(id, Object.assign(new Unregistered('boom'), { f: () => 1 }), 'worker');
    const copy = crossValue({ all: [Err(cyclic), Err(cyclic)] }).all;
    const error = copy[0]?.match({ ok: () => undefined, err: (e) => e });
    expect(error).toBeInstanceOf(JoinError);
    expect(error?.isPanic()).toBe(true);
    expect([error?.message, error?.id, error?.taskName, error?.code]).toEqual([
      'task 7 panicked with message "boom"',
      7,
      'worker',
      'ERR_TASK_PANIC',
    ]);
    expect(error?.intoPanic()).toMatchObject({ message: 'boom', code: 'E_UN' });
    expect(copy[1]?.match({ ok: () => undefined, err: (e) => e })).toBe(error);
  });
});
