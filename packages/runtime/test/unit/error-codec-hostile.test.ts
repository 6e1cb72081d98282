import { beforeEach, describe, expect, it } from 'vitest';
import { decodeThrown, encodeThrown } from '../../src/wire/error-codec.js';
import { cross, crossError } from './cross.js';

const calls: string[] = [];
const trap = (name: string) => () => {
  calls.push(name);
  throw new Error(`${name} ran`);
};
const throwing = { get: trap('get'), enumerable: true, configurable: true };
const watchful = new Proxy(
  {},
  {
    get: (_target, name) => trap(`trap ${String(name)}`),
  },
);

beforeEach(() => {
  calls.length = 0;
});

function nothingRan(): void {
  expect(calls.splice(0)).toEqual([]);
}

describe('accessors are not called', () => {
  it('when they are properties of an error', () => {
    const error = Object.defineProperties(new Error('boom'), {
      readable: throwing,
      writable: { set: trap('set'), enumerable: true },
      both: { ...throwing, set: trap('set') },
    });
    expect({ ...crossError(error) }).toEqual({
      readable: '[Getter]',
      writable: '[Setter]',
      both: '[Getter/Setter]',
    });
    nothingRan();
  });

  it('when they stand for the texts, the cause and the errors of an error', () => {
    const error = new AggregateError([], 'boom');
    // The stack first: V8 makes its text when it is first touched, and reads name and message for it.
    for (const key of ['stack', 'name', 'message', 'cause', 'errors']) {
      Object.defineProperty(error, key, throwing);
    }
    const crossed = crossError<AggregateError>(error);
    expect(crossed).toBeInstanceOf(AggregateError);
    expect([crossed.message, crossed.cause, crossed.errors]).toEqual(['', '[Getter]', '[Getter]']);
    nothingRan();
  });

  it('when V8 would call them to make the text of the stack', () => {
    expect(crossError(Object.defineProperty(new Error('boom'), 'message', throwing)).stack).toBe('Error');
    expect(crossError(Object.defineProperty(new Error('boom'), 'name', throwing)).stack).toBe('Error: boom');
    nothingRan();
  });

  it('when they are in an object, an array or a class that was thrown', () => {
    expect(cross({ code: 7, bad: Object.defineProperty({}, 'inner', throwing) })).toEqual({
      code: 7,
      bad: { inner: '[Getter]' },
    });
    expect(cross(Object.defineProperty([1, 2], 1, throwing))).toEqual([1, '[Getter]']);
    class Lazy {
      x = 1;
      get y() {
        return trap('y')();
      }
    }
    expect(cross(new Lazy())).toEqual({ x: 1 });
    nothingRan();
  });

  it('when they are toJSON, inspect or iteration methods', () => {
    const error = Object.assign(new Error('boom'), {
      toJSON: trap('toJSON'),
      valueOf: trap('valueOf'),
      [Symbol.toPrimitive]: trap('toPrimitive'),
      [Symbol.iterator]: trap('iterator'),
      [Symbol.for('nodejs.util.inspect.custom')]: trap('inspect'),
    });
    expect(crossError(error).message).toBe('boom');
    nothingRan();
  });

  it('when a map or a set has methods of its own', () => {
    const map = Object.assign(new Map([['a', Symbol('x')]]), { entries: trap('entries') });
    const set = Object.assign(new Set([Symbol('x')]), { values: trap('values') });
    expect(cross(map)).toEqual(new Map([['a', 'Symbol(x)']]));
    expect(cross(set)).toEqual(new Set(['Symbol(x)']));
    nothingRan();
  });
});

describe('proxies are not walked', () => {
  const target = new Error('boom');

  it('when one was thrown', () => {
    expect(cross(new Proxy(target, watchful))).toBe('[Proxy]');
    expect(
      cross(
        new Proxy(() => {
          expect.unreachable();
        }, watchful),
      ),
    ).toBe('[Proxy]');
    nothingRan();
  });

  it('when one is a part, a cause, an item or a key', () => {
    const proxy = new Proxy({}, watchful);
    expect({ ...crossError(Object.assign(new Error('boom', { cause: proxy }), { proxy })) }).toEqual({
      proxy: '[Proxy]',
    });
    expect(crossError(new Error('boom', { cause: proxy })).cause).toBe('[Proxy]');
    expect(cross([proxy])).toEqual(['[Proxy]']);
    expect(cross(new Map([[proxy, new Set([proxy])]]))).toEqual(new Map([['[Proxy]', new Set(['[Proxy]'])]]));
    nothingRan();
  });

  it('when one is the prototype of an error, or further up', () => {
    const error = Object.setPrototypeOf(new Error('boom'), new Proxy(Error.prototype, watchful));
    expect(crossError(error).message).toBe('boom');
    const further = Object.setPrototypeOf(new Error('boom'), Object.create(new Proxy({}, watchful)));
    expect(crossError(further).message).toBe('boom');
    expect(cross(Object.create(new Proxy({}, watchful), { x: { value: 1, enumerable: true } }))).toEqual({
      x: 1,
    });
    nothingRan();
  });

  it('when one was revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(cross(proxy)).toBe('[Proxy]');
    expect(crossError(new Error('boom', { cause: proxy })).cause).toBe('[Proxy]');
  });
});

describe('names that would change what the restored object is', () => {
  const forged = (): object => {
    const parts = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":1,"prototype":1,"toString":1,"then":1}',
    );
    return Object.assign(Object.defineProperties({}, Object.getOwnPropertyDescriptors(parts)), { code: 7 });
  };

  it('are dropped from an error, from plain data and from what is within them', () => {
    const error = Object.defineProperties(new Error('boom'), Object.getOwnPropertyDescriptors(forged()));
    for (const crossed of [crossError(error), cross(forged()), (cross([forged()]) as object[])[0]]) {
      expect(Object.keys(crossed as object)).toEqual(['code']);
      expect(crossed).not.toHaveProperty('polluted');
      expect(typeof (crossed as { then?: unknown }).then).toBe('undefined');
      expect(typeof String(crossed)).toBe('string');
    }
  });

  it('are dropped when they arrive', () => {
    const property = (key: string) => [key, 1, true];
    const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'code'];
    for (const kind of ['error', 'object']) {
      const node = { kind, base: 'Error', native: true, properties: keys.map(property) };
      const arrived = decodeThrown({ kind: 'graph', root: { node: 0 }, nodes: [node] });
      expect(Object.keys(arrived as object)).toEqual(['code']);
    }
  });

  it('cannot be reached by assignment: no setter of the restored class runs', () => {
    const before = Object.getOwnPropertyDescriptor(Error.prototype, 'code');
    try {
      Object.defineProperty(Error.prototype, 'code', { set: trap('set code'), configurable: true });
      const error = Object.defineProperty(new Error('boom'), 'code', { value: 7, enumerable: true });
      expect(crossError<Error & { code: number }>(error).code).toBe(7);
      nothingRan();
    } finally {
      if (before === undefined) Reflect.deleteProperty(Error.prototype, 'code');
    }
  });
});

describe('what is odd', () => {
  it('crosses with what can be said of it', () => {
    const odd = new Error('boom');
    Object.assign(odd, { name: 7, message: { text: 'x' }, cause: odd });
    const crossed = crossError(odd);
    expect(crossed.message).toBe("{ text: 'x' }");
    expect(crossed.name).toBe('Error');
    expect(crossed.cause).toBe(crossed);
    expect(crossError(Object.setPrototypeOf(new Error('boom'), null)).message).toBe('boom');
    expect(crossError(Object.create(DOMException.prototype))).toBeInstanceOf(Error);
    expect(crossError(Object.create(Error.prototype))).toBeInstanceOf(Error);
  });

  it('becomes text when only structured clone knows that it has none', () => {
    const moved = new Uint8Array(8);
    structuredClone(moved, { transfer: [moved.buffer] });
    expect(typeof cross(moved)).toBe('string');
    expect(typeof crossError<Error & { moved: unknown }>(Object.assign(new Error(), { moved })).moved).toBe(
      'string',
    );
    expect(() => cross(Object.setPrototypeOf(Promise.resolve(), null))).not.toThrow();
    expect(() => cross(Object.setPrototypeOf(new WeakMap(), null))).not.toThrow();
    expect(typeof cross(Object(Symbol('x')))).toBe('string');
  });

  it('has no proxy, accessor or function left once it is encoded', () => {
    const error = Object.assign(new Error('boom'), { fn() {}, proxy: new Proxy({}, watchful) });
    expect(() => structuredClone(encodeThrown(Object.defineProperty(error, 'bad', throwing)))).not.toThrow();
    nothingRan();
  });
});

describe('decodeThrown', () => {
  it('makes an error of what it cannot read, and says what it got', () => {
    for (const data of [undefined, null, 7, 'boom', [], {}, { kind: 'else' }]) {
      expect(decodeThrown(data)).toBeInstanceOf(Error);
    }
    expect(decodeThrown({ kind: 'else' })).toMatchObject({
      message: "a thread reported a panic that cannot be read: { kind: 'else' }",
    });
    expect(decodeThrown(new Proxy({}, watchful))).toBeInstanceOf(Error);
  });

  it('leaves out what is malformed', () => {
    const graph = (...nodes: unknown[]) => decodeThrown({ kind: 'graph', root: { node: 0 }, nodes });
    expect(decodeThrown({ kind: 'graph' })).toBe(undefined);
    expect(graph()).toBe(undefined);
    expect(graph(7)).toBe(undefined);
    expect(graph({ kind: 'array', items: [1, { node: 9 }, { node: 'x' }, {}] })).toEqual([
      1,
      undefined,
      undefined,
      undefined,
    ]);
    expect(
      graph({ kind: 'object', class: 'nobody registered this', properties: [1, [2], ['x', 3, true]] }),
    ).toEqual({
      x: 3,
    });
    expect(graph({ kind: 'error', base: 7, stack: [1], properties: 'x', shown: 7 })).toBeInstanceOf(Error);
    expect(graph({ kind: 'map', entries: [1, []] })).toEqual(new Map([[undefined, undefined]]));
  });
});
