#!/usr/bin/env node
// @ts-check
/** Checks the tarball that would be published: its manifest, its types, and that it loads both ways in silence. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asStranger } from './stranger.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (/** @type {string[]} */ ...path) => join(root, 'node_modules', ...path);

const failed = asStranger(({ folder, tarball, entries }) => {
  writeFileSync(join(folder, 'esm.mjs'), esmProgram(entries));
  writeFileSync(join(folder, 'common.cjs'), commonProgram(entries));
  return [
    run('publint', [tool('publint', 'src', 'cli.js'), 'run', tarball, '--strict'], folder),
    run(
      'attw',
      // There is one copy, and it is ESM: a second one for CommonJS would have a current task of its own. CommonJS
      // reaches ours by require(esm), which Node >= 20.19 does by default, and which this rule warns about.
      // The node16 profile leaves out the resolution of Node 10, which knows no exports.
      [
        tool('@arethetypeswrong', 'cli', 'dist', 'index.js'),
        tarball,
        '--profile',
        'node16',
        '--ignore-rules',
        'cjs-resolves-to-esm',
      ],
      folder,
    ),
    run('import', ['esm.mjs'], folder, { silent: true }),
    run('require', ['common.cjs'], folder, { silent: true }),
  ].filter((passed) => !passed).length;
});
if (failed === 0)
  console.log('package: publint and attw are content; import and require load it without a word');
process.exitCode = failed === 0 ? 0 : 1;

/**
 * @param {string} what
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {{ silent?: boolean }} [options] `silent`: a word on stderr is a failure
 * @returns {boolean}
 */
function run(what, args, cwd, { silent = false } = {}) {
  const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  const passed = status === 0 && !(silent && stderr !== '');
  if (!passed) console.error(`package: ${what} failed (exit code ${status})\n${stdout}${stderr}`);
  return passed;
}

/** @param {readonly string[]} entries */
function esmProgram(entries) {
  return `
    import assert from 'node:assert/strict';
    for (const entry of ${JSON.stringify(entries)}) {
      assert.ok(Object.keys(await import(entry)).length > 0, entry + ' exports nothing');
    }
  `;
}

/** @param {readonly string[]} entries */
function commonProgram(entries) {
  return `
    const assert = require('node:assert/strict');
    const { main, spawn } = require('@heddle/runtime');
    main(async () => {
      for (const entry of ${JSON.stringify(entries)}) {
        assert.equal(require(entry), await import(entry), entry + ' is there twice');
      }
      assert.equal((await spawn(async (a, b) => a + b, 40, 2)).unwrap(), 42);
    });
  `;
}
