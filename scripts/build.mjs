#!/usr/bin/env node
// @ts-check
/**
 * Builds the packages that have a `tsup.config.ts`, and does nothing where the last build is still right.
 *
 *     node scripts/build.mjs [--javascript] [package…]     all packages, unless some are named
 *
 * - A build is skipped when the content of its inputs hashes to what the stamp in `dist` says. Times are not
 *   compared: a fresh checkout and a switched branch both change them without changing anything.
 * - JavaScript comes from tsup, one file to one, in a second. Other JavaScript under `src` (a worker's
 *   bootstrap) is copied as it is.
 * - Declarations come from tsc, without a check, which is the business of `pnpm types`. They take longer, and
 *   nobody who runs something needs them: `--javascript` leaves them out. `ts.transpileDeclaration` would be
 *   quicker, but sees one file and no library, and gives members like `[Symbol.dispose]` twice.
 * - The build is made in a directory beside `dist` and moved over file by file, so that a program which runs
 *   from `dist` meanwhile never finds it empty.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsup = join(root, 'node_modules', 'tsup', 'dist', 'cli-default.js');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/**
 * One half of a `dist`, made and replaced without a look at the other.
 * @typedef {object} Part
 * @property {string} name
 * @property {(file: string) => boolean} owns
 * @property {(folder: string, staging: string) => Promise<boolean>} make
 */

/** @type {Part} */
const javascript = {
  name: 'javascript',
  owns: (file) => !isDeclaration(file),
  make: async (folder, staging) => {
    if (!(await runNode(folder, [tsup, '--out-dir', relative(folder, staging)]))) return false;
    for (const file of await filesUnder(join(folder, 'src'))) {
      if (!/\.[cm]?js$/.test(file)) continue;
      const copy = join(staging, relative(join(folder, 'src'), file));
      await mkdir(dirname(copy), { recursive: true });
      await writeFile(copy, await readFile(file));
    }
    return true;
  },
};

/** @type {Part} */
const declarations = {
  name: 'declarations',
  owns: isDeclaration,
  make: (folder, staging) =>
    runNode(folder, [tsc, '--project', 'tsconfig.build.json', '--noCheck', '--outDir', staging]),
};

/** @type {{ name: string, parts: Part[] }[]} */
const packages = [
  { name: 'runtime', parts: [javascript, declarations] },
  // Nobody imports it.
  { name: 'bench', parts: [javascript] },
];

const flags = process.argv.slice(2).filter((word) => word.startsWith('-'));
const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const outcomes = await Promise.all(
  packages
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap(({ name, parts }) =>
      parts
        .filter((part) => part === javascript || !flags.includes('--javascript'))
        .map((part) => buildPart(name, part)),
    ),
);
process.exitCode = outcomes.every(Boolean) ? 0 : 1;

/**
 * @param {string} name
 * @param {Part} part
 * @returns {Promise<boolean>} whether this part of `dist` is right
 */
async function buildPart(name, part) {
  const folder = join(root, 'packages', name);
  const sources = await filesUnder(join(folder, 'src'));
  if (sources.length === 0) return true;

  const stampFile = join(folder, 'dist', `.stamp-${part.name}`);
  const stamp = await hashOf([
    ...sources,
    join(folder, 'package.json'),
    join(folder, 'tsconfig.build.json'),
    join(folder, 'tsup.config.ts'),
    join(root, 'tsconfig.base.json'),
    fileURLToPath(import.meta.url),
  ]);
  if ((await readOr(stampFile, '')) === stamp) return true;

  const startedAt = performance.now();
  const staging = join(folder, `.dist-${part.name}-${process.pid}`);
  try {
    if (!(await part.make(folder, staging))) {
      console.error(`build: ${part.name} of packages/${name} failed; its dist is as it was`);
      return false;
    }
    // The stamp goes first and comes last: a build that is cut short is not taken for a whole one.
    await rm(stampFile, { force: true });
    await replace(staging, join(folder, 'dist'), part.owns);
    await writeFile(stampFile, stamp);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  // On stderr, so that a command's own output can be piped.
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.error(`build: ${part.name} of packages/${name} in ${seconds} s`);
  return true;
}

/**
 * @param {string} cwd
 * @param {string[]} args
 * @returns {Promise<boolean>}
 */
function runNode(cwd, args) {
  return new Promise((settle) => {
    spawn(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] }).on('exit', (code) =>
      settle(code === 0),
    );
  });
}

/**
 * Makes `to` hold what `from` holds, replacing each file in one step and removing what is `owned` and gone.
 * @param {string} from
 * @param {string} to
 * @param {(file: string) => boolean} owned
 */
async function replace(from, to, owned) {
  const fresh = new Set((await filesUnder(from)).map((file) => relative(from, file)));
  for (const below of fresh) {
    await mkdir(dirname(join(to, below)), { recursive: true });
    await rename(join(from, below), join(to, below));
  }
  for (const file of await filesUnder(to)) {
    const below = relative(to, file);
    if (owned(below) && !below.startsWith('.stamp') && !fresh.has(below)) await rm(file, { force: true });
  }
}

/** @param {string} file */
function isDeclaration(file) {
  return /\.d\.[cm]?ts(\.map)?$/.test(file);
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} every file, sorted
 */
async function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @param {readonly string[]} files */
async function hashOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    hash.update(`${relative(root, file)}\0`);
    hash.update(`${await readOr(file, '')}\0`);
  }
  return hash.digest('hex');
}

/**
 * @param {string} file
 * @param {string} fallback
 */
async function readOr(file, fallback) {
  return existsSync(file) ? await readFile(file, 'utf8') : fallback;
}
