import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { isTaskRef, readTaskRef, type TaskRef } from '../../../src/wire/task-ref.js';
import { tasksFrom } from '../../../src/wire/tasks-from.js';

const url = new URL('./modules/exports.js', import.meta.url);
const tasks = tasksFrom<typeof import('./modules/exports.js')>(url);

describe('tasksFrom', () => {
  test('gives references with the URL and the name of the export', () => {
    expect(isTaskRef(tasks.asyncly)).toBe(true);
    expect(readTaskRef(tasks.asyncly)).toEqual({ url: url.href, name: 'asyncly' });
  });

  test('takes a URL as text, and keeps its query', () => {
    const versioned = tasksFrom<typeof import('./modules/exports.js')>(`${url.href}?v=1`);
    expect(readTaskRef(versioned.asyncly).url).toBe(`${url.href}?v=1`);
  });

  test('gives the same reference for the same name', () => {
    expect(tasks.asyncly).toBe(tasks.asyncly);
  });

  test('loads nothing', () => {
    const missing = tasksFrom<typeof import('./modules/exports.js')>('file:///nowhere/m.js');
    expect(isTaskRef(missing.asyncly)).toBe(true);
  });

  test('gives something that cannot be called, taken apart or changed', () => {
    expect(typeof tasks.asyncly).toBe('object');
    expect(Reflect.ownKeys(tasks.asyncly)).toEqual([]);
    expect(Object.isFrozen(tasks.asyncly)).toBe(true);
    expect(JSON.stringify(tasks.asyncly)).toBe('{}');
  });

  test('knows its own references from anything else', () => {
    const forged = Object.create(Object.getPrototypeOf(tasks.asyncly) as object) as unknown;
    for (const other of [forged, {}, null, undefined, 'x', () => 1, tasks, new Proxy(tasks.asyncly, {})]) {
      expect(isTaskRef(other)).toBe(false);
    }
  });

  test.each(['then', 'constructor', '__proto__', 'toJSON', Symbol.iterator, Symbol.toPrimitive, Symbol('x')])(
    'reads %s as undefined',
    (key) => {
      expect((tasks as Record<PropertyKey, unknown>)[key]).toBeUndefined();
      expect(key in tasks).toBe(false);
    },
  );

  test('refers to any other name, those of Object.prototype too', () => {
    for (const name of ['toString', 'hasOwnProperty', 'valueOf', '日本', '']) {
      expect(readTaskRef((tasks as unknown as Record<string, TaskRef<unknown>>)[name]!).name).toBe(name);
    }
  });

  test('can be awaited, printed and turned into JSON by accident', async () => {
    expect(await tasks).toBe(tasks);
    expect(JSON.stringify(tasks)).toBe('{}');
    expect(inspect([tasks], { breakLength: Number.POSITIVE_INFINITY })).toBe(`[ [tasksFrom ${url.href}] ]`);
    expect(inspect(tasks.asyncly)).toBe('[TaskRef exports.js#asyncly]');
  });

  test('cannot be assigned to', () => {
    expect(() => Object.assign(tasks, { asyncly: 1 })).toThrow(TypeError);
    expect(Reflect.defineProperty(tasks, 'x', { value: 1 })).toBe(false);
    expect(Reflect.deleteProperty(tasks, 'asyncly')).toBe(false);
  });

  test.each([
    [
      'https://example.org/m.js',
      'tasksFrom: got https://example.org/m.js; a task’s module is a file: URL, of this machine.',
    ],
    [
      'data:text/javascript,1',
      'tasksFrom: got data:text/javascript,1; a task’s module is a file: URL, of this machine.',
    ],
    ['node:fs', 'tasksFrom: got node:fs; a task’s module is a file: URL, of this machine.'],
    [
      './m.js',
      `tasksFrom: got './m.js', which is not a URL. Write tasksFrom(new URL('./m.js', import.meta.url)).`,
    ],
    [
      undefined,
      `tasksFrom: got undefined, which is not a URL. Write tasksFrom(new URL('./m.js', import.meta.url)).`,
    ],
    [
      { href: 1 },
      `tasksFrom: got { href: 1 }, which is not a URL. Write tasksFrom(new URL('./m.js', import.meta.url)).`,
    ],
  ])('refuses %j', (given, message) => {
    expect(() => tasksFrom(given as string)).toThrow(
      expect.objectContaining({ code: 'ERR_TASK_MODULE', message: message.replace('’', "'") }),
    );
  });
});

describe('the type of tasksFrom', () => {
  test('has a reference for each function and class of the module, and nothing else', () => {
    expectTypeOf(tasks.asyncly).toEqualTypeOf<TaskRef<(n: number) => Promise<number>>>();
    expectTypeOf(tasks).toHaveProperty('Counter');
    expectTypeOf(tasks).not.toHaveProperty('value');
    expectTypeOf(tasks).not.toHaveProperty('text');
  });

  test('refuses a module that exports then', () => {
    type Thenable = { then(): void; work(): number };
    expectTypeOf(tasksFrom<Thenable>).returns.not.toHaveProperty('work');
  });
});
