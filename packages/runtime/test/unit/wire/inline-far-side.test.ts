import { describe, expect, test } from 'vitest';
import { farSide, warnings } from './far-side.js';
import { literal, member } from './literal.js';

const run = farSide();
const runFromNowhere = farSide('file:///nowhere/at/all.js');

describe('a self-contained function works on another thread', () => {
  test.each([
    ['an arrow function', '(a, b) => a + b', 3],
    ['a function', 'function (a, b) { return a + b; }', 3],
    [
      'a function that calls itself by its name',
      'function sum(a, b) { return b === 0 ? a : sum(a + 1, b - 1); }',
      3,
    ],
    ['an async function', 'async (a, b) => (await a) + (await b)', 3],
    ['a generator function', 'function* (a, b) { return a + b; }', 3],
    ['arguments', 'function () { return arguments[0] + arguments[1]; }', 3],
    ['default parameters', '(a, b, c = a + b) => c', 3],
    ['destructuring', '(...[a, b]) => { const { c = a, ...d } = { b }; return c + d.b; }', 3],
    [
      'nested functions',
      '(a, b) => { const add = () => a + inner(); function inner() { return b; } return add(); }',
      3,
    ],
    ['labels', '(a, b) => { outer: for (;;) { for (;;) break outer; } return a + b; }', 3],
    ['var of a block', '(a, b) => { { var c = a + b; } return c; }', 3],
    [
      'a class inside',
      '(a, b) => { class K { #x = a; static y = b; sum() { return this.#x + K.y; } } return new K().sum(); }',
      3,
    ],
    [
      'a class that extends another',
      '(a, b) => { class A { a() { return a; } } class B extends A { a() { return super.a() + b; } } return new B().a(); }',
      3,
    ],
    ['an object with methods', '(a, b) => ({ a, sum() { return this.a + b; } }).sum()', 3],
    [
      'new.target and this of its own functions',
      '(a, b) => { function F() { this.x = new.target === F ? a + b : 0; } return new F().x; }',
      3,
    ],
    ['globals', '(a, b) => Math.abs(JSON.parse(String(a))) + new Map([[1, b]]).get(1)', 3],
    [
      'globals of Node',
      '(a, b) => { const u = new URL("x:/" + a); return Number(u.pathname.slice(1)) + Buffer.from([b])[0]; }',
      3,
    ],
    ['a global that its own name hides', '(a, b) => { const crypto = { x: a }; return crypto.x + b; }', 3],
    ['a comment at the end', '(a, b) => a + b // sum', 3],
    ['a directive', 'function (a, b) { "use strict"; return a + b; }', 3],
    ['sloppy code', 'function (a, b) { var x = 010; with ({ a }) { return 3; } }', 3],
    [
      'new syntax',
      '(a, b) => { let c = null; c ??= a; return [c, b].at(-1) + /(?<x>\\d)/u.exec("1")?.groups?.x * 1; }',
      3,
    ],
  ])('%s', async (_, source, expected) => {
    expect(await run(literal(source), 1, 2)).toBe(expected);
  });

  test('whatever alphabet it is written in', async () => {
    expect(await run(literal('(名前) => { const größe = 名前 + "€😀\\u2028"; return größe; }'), 'ß')).toBe(
      'ß€😀\u2028',
    );
  });

  test.each([
    ['run(a) { return a + 1; }', 'run'],
    ['async run(a) { return a + 1; }', 'run'],
    ['*run(a) { return a + 1; }', 'run'],
    ['get(a) { return a + 1; }', 'get'],
    ['async(a) { return a + 1; }', 'async'],
    ['"with spaces"(a) { return a + 1; }', 'with spaces'],
    ['[`computed${1}`](a) { return a + 1; }', 'computed1'],
    ['field: (a) => a + 1', 'field'],
  ])('as a method: %s', async (source, key) => {
    expect(await run(member(source, key), 1)).toBe(2);
  });

  test('as a method, which does not know its own name', () => {
    return expect(run(member('run() { return run; }', 'run'))).rejects.toThrow(
      'uses "run" from its surroundings',
    );
  });

  test('made by the Function constructor', async () => {
    expect(await run(new Function('a', 'return a + 1'), 1)).toBe(2);
  });

  test('of TypeScript that was compiled', async () => {
    const typed = async <T extends number>(a: T, ...rest: readonly number[]): Promise<number> => {
      const sum = (xs: readonly number[]): number => xs.reduce((x, y) => x + y, a satisfies number);
      return sum(rest as number[]);
    };
    expect(await run(typed, 1, 2, 3)).toBe(6);
  });

  test('and two functions of the same source have properties of their own', async () => {
    const counter = literal('function counter() { counter.n = (counter.n ?? 0) + 1; return counter.n; }');
    expect([await run(counter), await run(counter)]).toEqual([1, 1]);
  });
});

describe('import() in it', () => {
  test('resolves beside the file that called the spawner', async () => {
    const got = await run(async (n: number) => {
      const { double, where, default: triple } = await import('./modules/neighbour.js');
      return [double(n), triple(n), where];
    }, 2);
    expect(got).toEqual([4, 6, new URL('./modules/neighbour.ts', import.meta.url).href]);
  });

  test('resolves a specifier that is only known when it runs', async () => {
    const got = await run(
      async (specifier: string) => Object.keys(await import(specifier)),
      './modules/neighbour.js',
    );
    expect(got).toEqual(['default', 'double', 'where']);
  });

  test('works where no tool has rewritten it', async () => {
    const source =
      'async (s) => { const [a, b] = [await import(s), await import("node:path")]; return a.double(b.sep.length); }';
    expect(await run(literal(source), './modules/neighbour.js')).toBe(2);
  });

  test('finds this package, also for a file that is in no project', async () => {
    const source = `async () => (await import('@heddle/runtime/package.json', { with: { type: 'json' } })).default.name`;
    expect(await run(literal(source))).toBe('@heddle/runtime');
    expect(await runFromNowhere(literal(source))).toBe('@heddle/runtime');
  });

  test('finds nothing else for a file that is in no project', () => {
    const expected = { code: 'ERR_MODULE_NOT_FOUND' };
    return expect(runFromNowhere(literal(`() => import('fast-check')`))).rejects.toMatchObject(expected);
  });

  test('rejects like any import when there is no such module', () => {
    return expect(run(literal(`() => import('./nowhere.js')`))).rejects.toMatchObject({
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });

  test('prints no warning', () => {
    expect(warnings).toEqual([]);
  });
});

describe('a stack trace of it', () => {
  const stackOf = async (fn: unknown) => {
    const error = await run(fn).catch((thrown: unknown) => thrown);
    return String((error as Error).stack);
  };

  test('names the file that called the spawner', async () => {
    const file = new URL('./far-side.ts', import.meta.url).href;
    expect(await stackOf(literal('() => { throw new Error("here"); }'))).toContain(`    at ${file}:`);
  });

  test('has the lines of the source', async () => {
    const stack = await stackOf(
      literal('() => {\n  const fail = () => { throw new Error("here"); };\n\n  fail();\n}'),
    );
    const lines = [...stack.matchAll(/far-side\.ts:(\d+)/g)].map((match) => Number(match[1]));
    expect(lines[1]! - lines[0]!).toBe(2);
  });
});
