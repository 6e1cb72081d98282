#!/usr/bin/env node
// @ts-check
/**
 * What the tests reach, in terms of `src`. Node itself writes the counters, in every process and every worker
 * that a test starts; Vitest's own provider sees one thread, and only files that Vite has loaded.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const raw = join('coverage', 'raw');
rmSync(join(root, 'coverage'), { recursive: true, force: true });

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const tests = run(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { NODE_V8_COVERAGE: raw });
const report = run('npx', [
  ...['-y', 'c8@10.1.3', 'report', '--temp-directory', raw, '--src', 'packages/runtime/src'],
  ...['--include', 'packages/runtime/src/**', '--exclude-after-remap'],
  ...['--reporter', 'text', '--reporter', 'html', '--reports-dir', join('coverage', 'html')],
]);
process.exitCode = tests || report;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
function run(command, args, env) {
  const shell = command === 'npx' && process.platform === 'win32';
  return (
    spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell })
      .status ?? 1
  );
}
