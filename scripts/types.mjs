#!/usr/bin/env node
// @ts-check
/**
 * Two questions. Do our sources and tests type-check (`tsc` reads sources through the `@heddle/source`
 * condition)? And do the declarations that we ship compile for a stranger who checks every library?
 */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asStranger } from './stranger.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const projects = [
  'packages/runtime',
  'packages/bench',
  'packages/bench/tsconfig.browser.json',
  'packages/examples',
  'scripts',
];

const ours = await Promise.all(
  projects.map(
    (project) =>
      new Promise((settle) => {
        spawn(process.execPath, [tsc, '--project', project], { cwd: root, stdio: 'inherit' }).on(
          'exit',
          settle,
        );
      }),
  ),
);

const theirs = asStranger(({ folder, entries }) => {
  const imports = entries.map(
    (entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};\n`,
  );
  writeFileSync(join(folder, 'every-entry.ts'), imports.join(''));
  return ['tsconfig.json', 'tsconfig.bundler.json'].map(
    (project) =>
      spawnSync(process.execPath, [tsc, '--project', project], { cwd: folder, stdio: 'inherit' }).status,
  );
});

const failures = [...ours, ...theirs].filter((code) => code !== 0).length;
if (failures === 0)
  console.log(`types: ${ours.length} projects of ours and ${theirs.length} of a stranger's compile`);
process.exitCode = failures === 0 ? 0 : 1;
