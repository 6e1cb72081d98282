import { describe, expect, test } from 'vitest';
import { loadTask } from '../../../src/wire/load-task.js';
import { tasksFrom } from '../../../src/wire/tasks-from.js';
import { farSide } from './far-side.js';

const run = farSide();

/** A reference that no type checker has looked at. */
function refer(module: string, name: string): unknown {
  const refs = tasksFrom<object>(new URL(module, import.meta.url)) as Record<string, unknown>;
  return refs[name];
}

describe('a reference to a function of a module', () => {
  test.each([
    ['./modules/exports.ts', 'asyncly', 2],
    ['./modules/exports.js', 'asyncly', 2],
    ['./modules/typed.mts', 'double', 2],
    ['./modules/typed.mjs', 'double', 2],
    ['./modules/common.cjs', 'double', 2],
    ['./modules/neighbour.js', 'default', 3],
    ['./modules/neighbour.js?v=2#x', 'double', 2],
    ['./modules/awaits.mjs', 'late', true],
    ['./modules/exports.js', 'toString', 'mine'],
  ])('runs it on another thread: %s %s', async (module, name, expected) => {
    expect(await run(refer(module, name), 1)).toBe(expected);
  });

  test('runs it on this thread', async () => {
    const task = await loadTask({
      url: new URL('./modules/exports.js', import.meta.url).href,
      name: 'asyncly',
    });
    expect(await task(1)).toBe(2);
  });

  test('is refused when there is no such module', () => {
    const url = new URL('./modules/nowhere.js', import.meta.url).href;
    return expect(run(refer('./modules/nowhere.js', 'x'))).rejects.toMatchObject({
      code: 'ERR_TASK_MODULE',
      message: `tasksFrom: there is no module at ${url}.`,
    });
  });

  test('is refused when the module has no such export, with those that it has', () => {
    return expect(run(refer('./modules/neighbour.js', 'nope'))).rejects.toMatchObject({
      code: 'ERR_TASK_MODULE',
      message: 'tasksFrom: neighbour.js has no export "nope". It exports "default", "double", "where".',
    });
  });

  test.each(['hasOwnProperty', 'valueOf'])('is refused when the module only inherits it: %s', (name) => {
    return expect(run(refer('./modules/neighbour.js', name))).rejects.toThrow(
      `tasksFrom: neighbour.js has no export "${name}".`,
    );
  });

  test('is refused when the export is not a function', () => {
    return expect(run(refer('./modules/exports.js', 'value'))).rejects.toMatchObject({
      code: 'ERR_TASK_MODULE',
      message: 'tasksFrom: "value" of exports.js is not a function: got 1.',
    });
  });

  test('is refused when it is an async generator', () => {
    return expect(run(refer('./modules/exports.js', 'many'))).rejects.toMatchObject({
      code: 'ERR_TASK_MODULE',
      message:
        'tasksFrom: "many" of exports.js is an async generator, which gives many values where a task gives one: return a channel instead.',
    });
  });

  test('is refused, and not awaited for ever, when the module exports then', () => {
    return expect(run(refer('./modules/thenable.mjs', 'work'))).rejects.toMatchObject({
      code: 'ERR_TASK_MODULE',
      message:
        'tasksFrom: thenable.mjs exports "then", which makes every import of it wait for that function. Rename the export.',
    });
  });

  test('fails with what the module throws at load', () => {
    return expect(run(refer('./modules/throws.mjs', 'work'))).rejects.toMatchObject({
      name: 'RangeError',
      message: 'at load',
      code: 'E_MINE',
    });
  });

  test('fails with what is missing when the module imports something that is not there', () => {
    return expect(run(refer('./modules/broken-import.mjs', 'work'))).rejects.toMatchObject({
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });
});
