#!/usr/bin/env node
// @ts-check
/**
 * Builds the packages that have a `tsup.config.ts`, and does nothing where the last build is still right.
 *
 * - A build is skipped when the content of its inputs hashes to what `dist/.stamp` says. Times are not
 *   compared: a fresh checkout and a switched branch both change them without changing anything.
 * - JavaScript comes from tsup, one file to one. Declarations come from `ts.transpileDeclaration`, also one
 *   to one and without a type check: that is what `isolatedDeclarations` buys. `pnpm types` does the checking.
 * - Other JavaScript under `src` (a worker's bootstrap) is copied as it is.
 * - The build is made in a directory beside `dist` and moved over file by file, so that a program which runs
 *   from `dist` meanwhile never finds it empty.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** Every package in order, and whether its declarations are wanted by anyone. */
const packages = [
  { name: 'runtime', declarations: true },
  { name: 'bench', declarations: false },
];

/**
 * TypeScript's number for a member whose name only another module can tell, as in `[inspect.custom]()`. Seen
 * alone, the file's declaration lacks that member; and nobody calls it by that name but Node.
 */
const LEFT_OUT = 9038;

const asked = process.argv.slice(2);
const wanted = packages.filter(({ name }) => asked.length === 0 || asked.includes(name));
const outcomes = await Promise.all(wanted.map(buildPackage));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;

/**
 * @param {{ name: string, declarations: boolean }} pkg
 * @returns {Promise<boolean>} whether `dist` is right
 */
async function buildPackage({ name, declarations }) {
  const folder = join(root, 'packages', name);
  const sources = await filesUnder(join(folder, 'src'));
  if (sources.length === 0) return true;

  const stampFile = join(folder, 'dist', '.stamp');
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
  const staging = join(folder, `.dist-${process.pid}`);
  try {
    await rm(staging, { recursive: true, force: true });
    const [scripted, declared] = await Promise.all([
      runTsup(folder, staging),
      declarations ? emitDeclarations(folder, sources, staging) : true,
    ]);
    if (!scripted || !declared) {
      console.error(`build: packages/${name} failed; its dist is as it was`);
      return false;
    }
    for (const file of sources.filter(isPlainScript)) {
      await writeBelow(staging, relative(join(folder, 'src'), file), await readFile(file));
    }
    await writeFile(join(staging, '.stamp'), stamp);
    await replace(staging, join(folder, 'dist'));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  // On stderr, so that a command's own output can be piped.
  console.error(`build: packages/${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return true;
}

/**
 * @param {string} folder
 * @param {string} staging
 * @returns {Promise<boolean>}
 */
function runTsup(folder, staging) {
  const cli = join(dirname(require.resolve('tsup/package.json')), 'dist', 'cli-default.js');
  return new Promise((settle) => {
    spawn(process.execPath, [cli, '--out-dir', relative(folder, staging)], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    }).on('exit', (code) => settle(code === 0));
  });
}

/**
 * @param {string} folder
 * @param {readonly string[]} sources
 * @param {string} staging
 * @returns {Promise<boolean>}
 */
async function emitDeclarations(folder, sources, staging) {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.build.json'), ts.sys.readFile);
  const {
    rootDir: _,
    outDir: __,
    ...options
  } = ts.parseJsonConfigFileContent(config, ts.sys, folder).options;
  let clean = true;
  for (const file of sources.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))) {
    const below = relative(join(folder, 'src'), file);
    const { outputText, sourceMapText, diagnostics } = ts.transpileDeclaration(await readFile(file, 'utf8'), {
      compilerOptions: options,
      fileName: basename(file),
      reportDiagnostics: true,
    });
    for (const { code, messageText, start, file: where } of diagnostics ?? []) {
      if (code === LEFT_OUT) continue;
      clean = false;
      const line = where && start !== undefined ? where.getLineAndCharacterOfPosition(start).line + 1 : 0;
      console.error(`${relative(root, file)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    }
    await writeBelow(staging, below.replace(/\.ts$/, '.d.ts'), outputText);
    if (sourceMapText) {
      // TypeScript saw one file and no folder; the map must lead from where the declaration will be.
      const source = relative(dirname(join(folder, 'dist', below)), file)
        .split(sep)
        .join('/');
      const map = { ...JSON.parse(sourceMapText), sources: [source] };
      await writeBelow(staging, below.replace(/\.ts$/, '.d.ts.map'), JSON.stringify(map));
    }
  }
  return clean;
}

/**
 * Makes `to` hold what `from` holds, replacing each file in one step.
 * @param {string} from
 * @param {string} to
 */
async function replace(from, to) {
  const fresh = new Set((await filesUnder(from)).map((file) => relative(from, file)));
  // The stamp goes first and comes last: a build that is cut short is not taken for a whole one.
  await rm(join(to, '.stamp'), { force: true });
  for (const below of [...fresh].filter((file) => file !== '.stamp').concat('.stamp')) {
    await mkdir(dirname(join(to, below)), { recursive: true });
    await rename(join(from, below), join(to, below));
  }
  for (const file of await filesUnder(to)) {
    if (!fresh.has(relative(to, file))) await rm(file, { force: true });
  }
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
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readOr(file, ''))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path */
function isPlainScript(path) {
  return /\.[cm]?js$/.test(path);
}

/**
 * @param {string} folder
 * @param {string} below
 * @param {string | Uint8Array} content
 */
async function writeBelow(folder, below, content) {
  await mkdir(dirname(join(folder, below)), { recursive: true });
  await writeFile(join(folder, below), content);
}

/**
 * @param {string} file
 * @param {string} fallback
 */
async function readOr(file, fallback) {
  return existsSync(file) ? await readFile(file, 'utf8') : fallback;
}
