import { describe, expect, test } from 'vitest';
import { declaredNames } from '../../../src/wire/inline/declared-names.js';

const names = (text: string) => Object.fromEntries(declaredNames(text));

describe('the names that a file has for all of its code', () => {
  test('include its imports, with where they are from and what they are called there', () => {
    expect(
      names(`
        import a, { b, c as d, "e-e" as f, default as g } from 'one';
        import * as h from "two";
        import i, * as j from 'three';
        import 'four';
      `),
    ).toEqual({
      a: { from: 'one', imported: 'default' },
      b: { from: 'one', imported: 'b' },
      d: { from: 'one', imported: 'c' },
      f: { from: 'one', imported: '"e-e"' },
      g: { from: 'one', imported: 'default' },
      h: { from: 'two', imported: '*' },
      i: { from: 'three', imported: 'default' },
      j: { from: 'three', imported: '*' },
    });
  });

  test('leave out what is only a type', () => {
    expect(
      names(`import type { A } from 'a'; import { type B, c } from 'b'; import type D from 'd';`),
    ).toEqual({
      c: { from: 'b', imported: 'c' },
    });
    expect(names(`interface I { fetch: 1 } type T = { crypto: 2 };`)).toEqual({});
  });

  test('include imports that are called type and from', () => {
    expect(names(`import type from 'a'; import { type } from 'b'; import from from 'c';`)).toMatchObject({
      type: { from: 'b' },
      from: { from: 'c' },
    });
  });

  test('include imports with attributes and of TypeScript', () => {
    expect(names(`import data from './d.json' with { type: 'json' }; import fs = require('fs');`)).toEqual({
      data: { from: './d.json', imported: 'default' },
      fs: { from: 'fs', imported: 'default' },
    });
  });

  test('include what CommonJS requires, which is an import too', () => {
    expect(
      names(
        `const a = require('one'), { b, c: d } = require("two"); var e = require('three').f; let g = require(h);`,
      ),
    ).toEqual({
      a: { from: 'one', imported: '*' },
      b: { from: 'two', imported: 'b' },
      d: { from: 'two', imported: 'c' },
      e: {},
      g: {},
    });
  });

  test.each([
    ['const a = 1, b = { x: [2, 3] }, c = () => { const z = 1; }', 'a b c'],
    ['let a\nlet b = 1\nfoo(c, d)', 'a b'],
    ['const { a, b: c, d = 1, ...e } = f', 'a c d e'],
    ['const [a, , [b, { c }], ...d] = f', 'a b c d'],
    ['export const a = 1; export async function b() {} export class C {}', 'a b C'],
    ['export default function a() {} function* b() {}', 'a b'],
    ['enum A { x } namespace B { const c = 1; } declare const d: number;', 'A B d'],
    ['const a: Map<string, Buffer> = b(), c = a as unknown;', 'a c'],
    ['const a = new Map<string, Map<URL, Buffer>>(), b = 1;', 'a b'],
    ['const a = b < c, d = e > f;', 'a d'],
    ['const a = `${b} ${{ c: 1 }}`; const d = /[{(]/; const e = 1;', 'a d e'],
    ['const fetch = 1 as const; var process;', 'fetch process'],
    ['using a = b(); await using c = d();', 'a c'],
    ['x.const = 1; y.function = z; a.class;', ''],
    ['if (a) { const b = 1; function c() {} }', ''],
    ['const a = await import("b"); import.meta.url;', 'a'],
    ['const { a } = require("b")', 'a'],
    ['"unterminated', ''],
    ['const', ''],
    ['import', ''],
    ['} const a = 1', 'a'],
  ])('of %j are %j', (text, expected) => {
    expect(Object.keys(names(text)).join(' ')).toBe(expected);
  });
});
