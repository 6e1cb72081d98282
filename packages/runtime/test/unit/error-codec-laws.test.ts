import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeThrown, encodeThrown } from '../../src/wire/error-codec.js';
import { LIMITS } from '../../src/wire/error-message.js';
import { cross } from './cross.js';

const data = fc.anything({
  maxDepth: 2,
  maxKeys: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

const opaque = fc.constantFrom<unknown>(
  Symbol('s'),
  () => {},
  class Own {},
  Promise.resolve(),
  new WeakMap(),
  new Proxy({}, {}),
  new Proxy(new Error(), {}),
  new URL('file:///x'),
  new AbortController().signal,
  'x'.repeat(70_000),
  Array.from({ length: 100 }, (_, at) => at),
);

const classes = [Error, TypeError, RangeError, class Own extends SyntaxError {}] as const;

/** Anything that can be thrown: errors of errors of data, functions, proxies, with cycles among them. */
const { thrown } = fc.letrec<{ thrown: unknown; error: Error; properties: object }>((tie) => ({
  thrown: fc.oneof(
    { depthSize: 'small' },
    data,
    opaque,
    tie('error'),
    tie('properties'),
    fc.array(tie('thrown'), { maxLength: 4 }),
  ),
  properties: fc.dictionary(
    fc.oneof(
      fc.string(),
      fc.constantFrom('code', 'cause', 'errors', 'message', 'stack', 'name', 'then', '…'),
    ),
    tie('thrown'),
    { maxKeys: 4 },
  ),
  error: fc
    .record({
      Class: fc.constantFrom(...classes, AggregateError, DOMException),
      message: fc.string(),
      cause: tie('thrown'),
      errors: fc.array(tie('thrown'), { maxLength: 4 }),
      properties: tie('properties'),
      twist: fc.constantFrom('none', 'frozen', 'cycle', 'getter', 'foreign', 'stackless'),
    })
    .map(({ Class, message, cause, errors, properties, twist }) => {
      const error: Error =
        Class === AggregateError
          ? new AggregateError(errors, message, { cause })
          : Class === DOMException
            ? new DOMException(message, 'AbortError')
            : new (Class as typeof Error)(message, { cause });
      // V8 makes the text of a stack when it is first touched; later the name may be no text any more.
      if (twist !== 'getter') void error.stack;
      for (const [key, value] of Object.entries(properties)) {
        if (twist === 'getter' && key === 'stack') continue;
        Object.defineProperty(error, key, {
          value,
          configurable: true,
          enumerable: message.length % 2 === 0,
        });
      }
      if (twist === 'cycle') Object.defineProperty(error, 'cause', { value: error, configurable: true });
      if (twist === 'stackless') Object.defineProperty(error, 'stack', { value: 7 });
      if (twist === 'foreign') Object.setPrototypeOf(error, null);
      if (twist === 'getter') {
        Object.defineProperty(error, 'bad', {
          get: () => {
            throw new Error('a getter ran');
          },
        });
      }
      return twist === 'frozen' ? Object.freeze(error) : error;
    }),
}));

describe('whatever is thrown', () => {
  it('crosses without a throw, as data that structured clone takes', () => {
    fc.assert(
      fc.property(thrown, (value) => {
        structuredClone(encodeThrown(value));
        cross(value);
      }),
      { numRuns: 500 },
    );
  });

  it('is after one crossing what it is after two', () => {
    fc.assert(
      fc.property(thrown, (value) => {
        // Where the text runs out, a note that is cut itself may take a character more or less.
        fc.pre(serialize(encodeThrown(value)).length < LIMITS.chars);
        const once = cross(value);
        expect(encodeThrown(cross(once))).toEqual(encodeThrown(once));
      }),
      { numRuns: 500 },
    );
  });
});

describe('whatever arrives', () => {
  it('is decoded without a throw', () => {
    const node = fc.record(
      {
        kind: fc.oneof(fc.constantFrom('error', 'object', 'array', 'map', 'set', 'leaf'), data),
        base: fc.oneof(fc.constantFrom('Error', 'DOMException', 'AssertionError', '__proto__'), data),
        class: fc.oneof(fc.constantFrom('heddle.Ok', 'nobody'), data),
        native: fc.oneof(fc.boolean(), data),
        name: fc.oneof(fc.string(), data),
        message: fc.oneof(fc.string(), data),
        stack: fc.oneof(fc.string(), fc.array(fc.string()), data),
        shown: fc.oneof(fc.array(fc.constantFrom('name', 'message', 'stack')), data),
        properties: fc.oneof(
          fc.array(fc.tuple(fc.string(), fc.record({ node: fc.nat(5) }), fc.boolean())),
          data,
        ),
        items: fc.oneof(fc.array(fc.record({ node: fc.nat(5) })), data),
        entries: fc.oneof(fc.array(fc.array(fc.record({ node: fc.nat(5) }))), data),
      },
      { requiredKeys: [] },
    );
    const graph = fc.record({
      kind: fc.constantFrom('graph', 'plain'),
      root: fc.oneof(fc.record({ node: fc.nat(5) }), data),
      nodes: fc.oneof(fc.array(node), data),
    });
    fc.assert(
      fc.property(fc.oneof(data, thrown, graph), (arrived) => {
        decodeThrown(arrived);
      }),
      { numRuns: 1_000 },
    );
  });
});
