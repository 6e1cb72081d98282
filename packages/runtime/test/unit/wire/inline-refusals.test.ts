import crypto, { createHash as hashOf } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareJob } from '../../../src/wire/prepare-job.js';
import { literal, member } from './literal.js';

function refusalOf(fn: unknown): string {
  try {
    prepareJob('thread.spawn', fn, []);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toHaveProperty('code', 'ERR_NOT_SELF_CONTAINED');
    return (error as Error).message;
  }
  return 'accepted';
}

const orMoveIt = 'or move the function to a module and use tasksFrom().';
const { fetch } = { fetch: 'mine' };
function performance(): void {}
const limit = 3;
const offset = 1;

describe('a function that uses its surroundings', () => {
  test('is refused by the name that it captures', () => {
    expect(refusalOf((n: number) => n < limit)).toBe(
      'thread.spawn: this function uses "limit" from its surroundings, which does not exist on another thread. ' +
        `Pass it as an argument — thread.spawn((limit) => …, limit) — ${orMoveIt}`,
    );
  });

  test('is refused with every name that it captures, in the order of their use', () => {
    expect(refusalOf((n: number) => n + offset < limit + offset)).toBe(
      'thread.spawn: this function uses "offset", "limit" from its surroundings, which do not exist on another thread. ' +
        `Pass them as arguments — thread.spawn((offset, limit) => …, offset, limit) — ${orMoveIt}`,
    );
  });

  test('is refused under the name of the spawner that was called', () => {
    expect(() => prepareJob('spawnBlocking', () => limit, [])).toThrow(
      /^spawnBlocking: this function uses "limit".*spawnBlocking\(\(limit\) => …, limit\)/,
    );
  });

  test.each([
    ['() => { captured = 1; }', 'captured', 'an assignment'],
    ['() => typeof captured', 'captured', 'typeof'],
    ['(a = captured) => a', 'captured', 'a default parameter'],
    ['({ a = captured }) => a', 'captured', 'a default in destructuring'],
    ['({ [captured]: a }) => a', 'captured', 'a computed key in destructuring'],
    ['() => ({ captured })', 'captured', 'a shorthand property'],
    ['() => class extends captured {}', 'captured', 'a heritage clause'],
    ['() => class { [captured]() {} }', 'captured', 'a computed member'],
    ['() => () => function () { return captured; }', 'captured', 'a nested function'],
    ['() => { { let inner = 1; } return inner; }', 'inner', 'a name out of its block'],
    ['() => `\u0024{captured}`', 'captured', 'a template'],
    ['() => { for (captured of []) ; }', 'captured', 'a loop head'],
    ['() => captured`x`', 'captured', 'a tag'],
    ['async () => await captured', 'captured', 'await'],
    ['function* () { yield* captured; }', 'captured', 'yield*'],
    ['(function named() { return captured; })', 'captured', 'a named function expression'],
    ['() => { try { } catch { return error; } }', 'error', 'a binding that is not there'],
    ['() => 日本', '日本', 'a name that is not Latin'],
  ])('is refused where it captures by %s', (source, name) => {
    expect(refusalOf(literal(source))).toContain(`this function uses "${name}" from its surroundings`);
  });

  test('is refused for a global of a test runner or polyfill', () => {
    expect(refusalOf(literal('() => beforeEach'))).toContain('uses "beforeEach" from its surroundings');
    expect(refusalOf(literal('() => window'))).toContain('uses "window" from its surroundings');
  });
});

describe('a global that the file means otherwise', () => {
  test('is refused when the file imports it', () => {
    expect(refusalOf(literal('() => crypto.randomUUID()'))).toContain(
      'uses "crypto", which its file imports',
    );
  });

  test('is refused when the file declares it', () => {
    expect([fetch, performance]).toHaveLength(2);
    expect(refusalOf(literal('() => fetch("x:")'))).toContain('uses "fetch" from its surroundings');
    expect(refusalOf(literal('() => performance.now()'))).toContain(
      'uses "performance" from its surroundings',
    );
  });

  test('is free when it is only declared inside of something', () => {
    const structuredClone = 1;
    expect(structuredClone).toBe(1);
    expect(refusalOf(literal('() => structuredClone(1)'))).toBe('accepted');
  });
});

describe('a function that uses what its file imports', () => {
  test('is told to import it inside, with the line to write', () => {
    expect(refusalOf(() => readFileSync('x'))).toBe(
      'thread.spawn: this function uses "readFileSync", which its file imports and which does not exist on another thread. ' +
        `Import it inside the function — const { readFileSync } = await import('node:fs') — ${orMoveIt}`,
    );
  });

  test('is told the line for a renamed import', () => {
    expect(refusalOf(() => hashOf('md5'))).toContain(
      `uses "hashOf", which its file imports and which does not exist on another thread. Import it inside the function — const { createHash: hashOf } = await import('node:crypto') —`,
    );
  });

  test('is told the line for a default import, though a global has the same name', () => {
    expect(refusalOf(() => crypto.randomUUID())).toContain(
      `uses "crypto", which its file imports and which does not exist on another thread. Import it inside the function — const { default: crypto } = await import('node:crypto') —`,
    );
  });

  test('is refused by the member that it uses of a namespace', () => {
    expect(refusalOf(() => path.sep)).toMatch(/uses "(?:sep|path)", which its file imports/);
  });

  test.each(['require', 'module', 'exports', '__dirname', '__filename'])('is refused for %s', (name) => {
    expect(refusalOf(literal(`() => ${name}`))).toBe(
      `thread.spawn: this function uses "${name}", which belongs to its file and does not exist on another thread. ` +
        `Use await import('…') inside the function, ${orMoveIt}`,
    );
  });
});

describe('a function that uses a word of its surroundings', () => {
  const says = (word: string) =>
    `thread.spawn: this function uses "${word}", which belongs to its surroundings and does not exist on another thread. ` +
    `Pass what it needs as an argument, ${orMoveIt}`;

  test.each([
    ['() => this', 'this'],
    ['function () { return this; }', 'this'],
    ['function () { return () => this; }', 'this'],
    ['() => class { [this.key]() {} }', 'this'],
    ['() => arguments', 'arguments'],
    ['function () { return new.target; }', 'new.target'],
    ['() => () => arguments[0]', 'arguments'],
  ])('is refused: %s', (source, word) => {
    expect(refusalOf(literal(source))).toBe(says(word));
  });

  test('is refused for import.meta, as vitest rewrites it too', () => {
    expect(refusalOf(() => import.meta.url)).toBe(says('import.meta'));
  });

  test('is refused for super', () => {
    expect(refusalOf(member('run() { return super.run; }', 'run'))).toBe(says('super'));
  });

  test('is refused for new.target in an arrow function', () => {
    const make = literal('function () { return () => new.target; }');
    expect(refusalOf(make())).toBe(says('new.target'));
  });

  test('is refused for a private name', () => {
    const make = literal('() => new (class { #x = 1; run() { return (other) => other.#x; } })().run()');
    expect(refusalOf(make())).toBe(says('#x'));
  });
});

describe('a function without a source that stands for itself', () => {
  test('is refused when it is bound', () => {
    expect(refusalOf(((n: number) => n).bind(null, 1))).toBe(
      `thread.spawn: this function is bound, and what it is bound to does not exist on another thread. Pass the function and its arguments, ${orMoveIt}`,
    );
  });

  test('is refused when it is native', () => {
    const says = `thread.spawn: this function is native and has no source. Call it in a function of your own, ${orMoveIt}`;
    expect(refusalOf(Math.max)).toBe(says);
    expect(refusalOf(Array)).toBe(says);
  });

  test('is refused when it is a Proxy', () => {
    expect(refusalOf(new Proxy(() => 1, {}))).toBe(
      `thread.spawn: this function is a Proxy, which has no source. Pass the function itself, ${orMoveIt}`,
    );
  });

  test('is refused when it is an accessor', () => {
    expect(refusalOf(member('get x() { return 1; }', 'x'))).toBe(
      `thread.spawn: this function is an accessor of an object that does not exist on another thread. Pass its value, ${orMoveIt}`,
    );
  });

  test('is refused when it is a class', () => {
    expect(refusalOf(class {})).toBe('thread.spawn: got a class. Make the object inside a function.');
  });

  test('is refused when it is an async generator', () => {
    expect(refusalOf(async function* () {})).toBe(
      'thread.spawn: got an async generator, which gives many values where a task gives one: return a channel instead.',
    );
  });

  test('is refused when it is longer than 64 KiB', () => {
    expect(refusalOf(literal(`() => "${'x'.repeat(70_000)}"`))).toBe(
      'thread.spawn: this function is 69 KiB of source; an inline function has at most 64 KiB. Move it to a module and use tasksFrom().',
    );
  });

  test('is refused when it calls helpers of a compiler', () => {
    expect(refusalOf(literal('(a) => __spreadArray([], a)'))).toBe(
      `thread.spawn: this function was compiled to use the helper "__spreadArray", which does not exist on another thread. Compile for ES2022 or later, ${orMoveIt}`,
    );
  });

  test.each([
    [42, '42'],
    ['() => 1', `'() => 1'`],
    [null, 'null'],
    [{ call() {} }, '{ call: [Function: call] }'],
  ])('is not even a function: %s', (given, text) => {
    expect(refusalOf(given)).toBe(
      `thread.spawn: expected a function or a reference from tasksFrom(), got ${text}.`,
    );
  });

  test('is never taken from a toString of its own', () => {
    const fn = Object.assign(() => limit, { toString: () => '() => 1' });
    expect(refusalOf(fn)).toContain('uses "limit"');
  });
});
