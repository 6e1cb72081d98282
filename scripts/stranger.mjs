// @ts-check
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runtime = join(root, 'packages', 'runtime');

/**
 * Packs `@heddle/runtime` and installs it for a project that knows nothing of this repository: the tarball
 * unpacked, its dependencies beside it, `checks/consumer` as the project. Nothing is downloaded.
 *
 * @template T
 * @param {(place: { folder: string, tarball: string, entries: readonly string[] }) => T} use
 * @returns {T}
 */
export function asStranger(use) {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-stranger-'));
  try {
    cpSync(join(root, 'checks', 'consumer'), folder, { recursive: true });
    const tarball = pack(folder);
    const modules = join(folder, 'node_modules');
    const home = join(modules, '@heddle', 'runtime');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);

    const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    for (const name of [...Object.keys(manifest.dependencies ?? {}), '@types/node']) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(runtime, 'node_modules', name), join(modules, name), 'junction');
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');

    const entries = Object.keys(manifest.exports)
      .filter((entry) => entry !== './package.json')
      .map((entry) => manifest.name + entry.slice(1));
    return use({ folder, tarball, entries });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function pack(folder) {
  // npm comes with Node; the package manager that runs us may not be on the path.
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: runtime,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack made no tarball');
  return join(folder, name);
}
