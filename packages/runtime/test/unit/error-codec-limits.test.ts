import { describe, expect, it } from 'vitest';
import { encodeThrown } from '../../src/wire/error-codec.js';
import { cross, crossError } from './cross.js';

function chain(causes: number): Error {
  let error = new Error('the first cause');
  for (let at = 1; at <= causes; at += 1) error = new Error(`because of ${at}`, { cause: error });
  return error;
}

function causesOf(error: Error): unknown[] {
  const causes: unknown[] = [];
  for (let at = error.cause; at !== undefined; at = at instanceof Error ? at.cause : undefined)
    causes.push(at);
  return causes;
}

describe('a chain of causes', () => {
  it('is carried whole up to 16', () => {
    const causes = causesOf(crossError(chain(16)));
    expect(causes).toHaveLength(16);
    expect(causes.at(-1)).toMatchObject({ message: 'the first cause' });
  });

  it('is cut after that, and says how many are missing', () => {
    expect(causesOf(crossError(chain(17))).slice(16)).toEqual(['… 1 more cause was cut']);
    const causes = causesOf(crossError(chain(20_000)));
    expect(causes.slice(0, 16).every((cause) => cause instanceof Error)).toBe(true);
    expect(causes.slice(16)).toEqual(['… 19,984 more causes were cut']);
  });

  it('is counted once where it is a cycle that is too long', () => {
    const last = new Error('last');
    let error = last;
    for (let at = 0; at < 40; at += 1) error = new Error(`because of ${at}`, { cause: error });
    last.cause = error;
    expect(causesOf(crossError(error)).slice(16)).toEqual(['… 24 more causes were cut']);
  });

  it('is not the same as a chain of properties', () => {
    let deep: object = { end: true };
    for (let at = 0; at < 1_000; at += 1) deep = { deep };
    let crossed = crossError<Error & { deep: unknown }>(Object.assign(new Error(), { deep })).deep;
    for (let at = 0; at < 1_000; at += 1) crossed = (crossed as { deep: unknown }).deep;
    expect(crossed).toEqual({ end: true });
  });
});

describe('the errors of an aggregate', () => {
  it('are cut after 64, and say how many are missing', () => {
    const errors = (count: number) => Array.from({ length: count }, (_, at) => new RangeError(String(at)));
    const whole = crossError<AggregateError>(new AggregateError(errors(64)));
    expect(whole.errors).toHaveLength(64);
    expect(whole.errors.every((error) => error instanceof RangeError)).toBe(true);
    const cut = crossError<AggregateError>(new AggregateError(errors(1_000)));
    expect(cut.errors.slice(0, 64).every((error) => error instanceof RangeError)).toBe(true);
    expect(cut.errors.slice(64)).toEqual(['… 936 more errors were cut']);
  });

  it('leave room for each other when they are nested', () => {
    const nested = (depth: number): Error =>
      depth === 0
        ? new Error('leaf')
        : new AggregateError(
            Array.from({ length: 20 }, () => nested(depth - 1)),
            `depth ${depth}`,
          );
    const encoded = encodeThrown(nested(3));
    expect(JSON.stringify(encoded).length).toBeLessThan(1_000_000);
    const crossed = crossError<AggregateError>(nested(3));
    expect(crossed.errors.map((error) => error.message)).toEqual(Array(20).fill('depth 2'));
  });
});

describe('properties and items', () => {
  const numbered = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));

  it('are cut after 64 of an error, and say how many are missing', () => {
    expect({ ...crossError(Object.assign(new Error(), numbered(64))) }).toEqual(numbered(64));
    expect({ ...crossError(Object.assign(new Error(), numbered(100))) }).toEqual({
      ...numbered(64),
      '…': '… 36 more properties were cut',
    });
  });

  it('are cut after 64 of anything that is in an error', () => {
    const list = Array.from({ length: 65 }, (_, at) => at);
    const error = Object.assign(new Error(), {
      list,
      set: new Set(list),
      map: new Map(list.map((at) => [at, -at])),
      object: numbered(65),
    });
    const crossed = crossError<typeof error>(error);
    expect(crossed.list).toEqual([...list.slice(0, 64), '… 1 more item was cut']);
    expect([...crossed.set]).toEqual([...list.slice(0, 64), '… 1 more item was cut']);
    expect([...crossed.map].slice(63)).toEqual([
      [63, -63],
      ['… 1 more item was cut', undefined],
    ]);
    expect(crossed.object).toEqual({ ...numbered(64), '…': '… 1 more property was cut' });
  });

  it('are not even looked at in an array that is empty but for its length', () => {
    const crossed = crossError<Error & { list: unknown[] }>(
      Object.assign(new Error(), { list: Array(4_000_000_000) }),
    );
    expect(crossed.list.slice(64)).toEqual(['… 3,999,999,936 more items were cut']);
  });

  it('are cut when there are too many in the whole payload', () => {
    const tree = (depth: number): unknown =>
      depth === 0 ? 1 : Array.from({ length: 40 }, () => tree(depth - 1));
    const encoded = encodeThrown(Object.assign(new Error(), { tree: tree(3) }));
    expect(JSON.stringify(encoded)).toContain('… 40 more items were cut');
    expect(JSON.stringify(encoded).length).toBeLessThan(300_000);
  });

  it('are text when they are more bytes than a report should hold', () => {
    const small = new Uint8Array(65_536);
    const error = Object.assign(new Error(), {
      small,
      big: new Uint8Array(65_537),
      view: new DataView(new ArrayBuffer(65_537)),
    });
    const crossed = crossError<Record<'small' | 'big' | 'view', unknown>>(error);
    expect(crossed.small).toEqual(small);
    expect([typeof crossed.big, typeof crossed.view]).toEqual(['string', 'string']);
  });
});

describe('text', () => {
  it('is cut in a huge message, which leaves room for the frames', () => {
    const error = new Error('x'.repeat(1_000_000));
    const crossed = crossError(error);
    expect(crossed.message).toMatch(/^x+… \d{3},\d{3} more characters were cut$/);
    expect(crossed.message.length).toBeLessThanOrEqual(32_768);
    const said = Number(/… ([\d,]+) more/.exec(crossed.message)?.[1]?.replaceAll(',', ''));
    expect(crossed.message.indexOf('…') + said).toBe(1_000_000);
    expect(crossed.stack).toContain('error-codec-limits.test.ts');
    expect(crossed.stack?.startsWith(`Error: ${crossed.message}\n    at `)).toBe(true);
  });

  it('is at most 64 KiB in the whole payload, the first errors served first', () => {
    const errors = Array.from({ length: 64 }, () => new Error('y'.repeat(20_000)));
    const encoded = JSON.stringify(encodeThrown(new AggregateError(errors, 'the aggregate')));
    expect(encoded.match(/y/g)?.length).toBeLessThanOrEqual(65_536);
    const crossed = crossError<AggregateError>(new AggregateError(errors, 'the aggregate'));
    expect(crossed.message).toBe('the aggregate');
    expect(crossed.errors[0].message).toMatch(/^y{20000}$/);
    expect(crossed.errors[63].message).toContain('…');
  });

  it('is cut in names, keys and values alike', () => {
    const crossed = crossError<Error & { value: string }>(
      Object.assign(new Error('boom'), { name: 'n'.repeat(100_000), value: 'v'.repeat(100_000) }),
    );
    expect(crossed.name).toMatch(/^n+… [\d,]+ more characters were cut$/);
    expect(crossed.value).toMatch(/^v+… [\d,]+ more characters were cut$/);
    const long = crossError(Object.assign(new Error('boom'), { ['k'.repeat(100_000)]: 1, short: 2 }));
    expect({ ...long }).toEqual({ short: 2, '…': '… 1 more property was cut' });
  });

  it('is whole in what is no error', () => {
    const text = 'x'.repeat(1_000_000);
    expect(cross(text)).toBe(text);
    expect(cross({ text })).toEqual({ text });
  });
});

it('cuts once: what crossed is not cut again on the way back', () => {
  const many = Array.from({ length: 200 }, (_, at) => new Error(String(at)));
  const wide = Object.fromEntries(many.map((error, at) => [`k${at}`, error.message]));
  for (const thrown of [
    chain(20_000),
    new AggregateError(many, 'many'),
    Object.assign(new Error('wide'), wide, {
      list: many,
      set: new Set(many),
      map: new Map(Object.entries(wide)),
    }),
    new Error('x'.repeat(1_000_000)),
    Object.assign(new Error('boom'), { name: 'n'.repeat(100_000), ['k'.repeat(100_000)]: 1 }),
    new Error('functions', {
      cause: {
        set: new Set([() => 1, () => 2]),
        map: new Map([
          [Symbol(), 1],
          [Symbol(), 2],
        ]),
      },
    }),
  ]) {
    const once = cross(thrown);
    expect(encodeThrown(cross(once))).toEqual(encodeThrown(once));
  }
});

it('says so when two keys or members became the same text', () => {
  const crossed = cross({
    set: new Set([() => 1, () => 2]),
    map: new Map([
      [Symbol(), 1],
      [Symbol(), 2],
    ]),
  });
  expect(crossed).toEqual({
    set: new Set(['[Function (anonymous)]', '… 1 more item was cut']),
    map: new Map([
      ['Symbol()', 1],
      ['… 1 more item was cut', undefined],
    ]),
  });
});
