import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeResult } from '../../../src/wire/job-result.js';
import { crossValue, refusalOf } from './cross-value.js';

const data = fc.anything({
  maxDepth: 4,
  maxKeys: 6,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

const refused = fc.constantFrom<unknown>(
  () => 1,
  Symbol('s'),
  new WeakMap(),
  Promise.resolve(),
  new Proxy({}, {}),
  new (class Own {})(),
  Object.create(null, { x: { enumerable: true, get: () => 1 } }),
  { [Symbol('key')]: 1 },
);

/** Puts a value somewhere inside of another one. */
const somewhere = (inner: fc.Arbitrary<unknown>) =>
  fc.letrec<{ nested: unknown }>((tie) => ({
    nested: fc.oneof(
      { maxDepth: 5 },
      inner,
      fc.tuple(data, tie('nested')),
      fc.tuple(data, tie('nested')).map(([a, b]) => new Map([[a, b]])),
      tie('nested').map((x) => new Set([x])),
      fc.tuple(fc.string(), tie('nested'), data).map(([key, a, b]) => ({ b, [`k${key}`]: a })),
      tie('nested').map((x) => new Error('e', { cause: x })),
    ),
  })).nested;

const laws = { numRuns: 300 };

describe('any value', () => {
  test('of data arrives as structured clone would give it', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(crossValue(value)).toStrictEqual(structuredClone(value));
      }),
      laws,
    );
  });

  test('with a Buffer somewhere in it arrives as if that were an array of bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 8 });
    fc.assert(
      fc.property(somewhere(bytes.map((b) => Buffer.from(b))), (value) => {
        const text = (v: unknown) => JSON.stringify(plain(v));
        expect(text(crossValue(value))).toBe(text(value));
      }),
      laws,
    );
  });

  test('with something in it that cannot cross is refused, wherever that is', () => {
    fc.assert(
      fc.property(somewhere(refused), (value) => {
        expect(refusalOf(value)).toMatch(/^args\[0].*cannot cross to another thread/s);
      }),
      laws,
    );
  });

  test('is never changed by being sent', () => {
    fc.assert(
      fc.property(somewhere(data), (value) => {
        const before = structuredClone(value);
        encodeResult(value);
        expect(value).toEqual(before);
      }),
      laws,
    );
  });
});

/** A value without its classes, in a form that can be compared as text. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof Map) return { map: [...value].map(([k, v]) => [plain(k), plain(v)]) };
  if (value instanceof Set) return { set: [...value].map(plain) };
  if (value instanceof Error) return { error: value.message, cause: plain(value.cause) };
  if (Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, plain(v)]));
}
