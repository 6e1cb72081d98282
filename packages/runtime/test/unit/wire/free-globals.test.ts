import { execFileSync } from 'node:child_process';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { freeGlobals } from '../../../src/wire/inline/free-globals.js';

const nodesGlobals = JSON.parse(
  execFileSync(process.execPath, ['-p', 'JSON.stringify(Object.getOwnPropertyNames(globalThis))'], {
    encoding: 'utf8',
  }),
) as string[];

/** Node's globals that mean something else in a module, or that only a REPL or `-p` has. */
const OF_A_FILE = new Set(['require', 'module', 'exports', '__dirname', '__filename']);

test('every global of the language is free', () => {
  const names = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
  expect(names.filter((name) => !freeGlobals.has(name) && name !== 'console')).toEqual([]);
});

test('every global of a bare Node is free', () => {
  const lowercase = (name: string) => /^[a-z]/.test(name);
  const missing = nodesGlobals.filter((name) => !freeGlobals.has(name) && !OF_A_FILE.has(name));
  // Node's own modules are globals only in `node -p`.
  expect(missing.filter((name) => !lowercase(name))).toEqual([]);
});
