import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tasksFrom, thread } from '@heddle/runtime';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** One task module in TypeScript, and one program that uses it, in every way that they can be run. */
const here = fileURLToPath(new URL('.', import.meta.url));
const tsx = join(dirname(createRequire(import.meta.url).resolve('tsx/package.json')), 'dist', 'cli.mjs');

test('in vitest, by the name of the source and by that of the build', async () => {
  type Typed = typeof import('./modules/typed.js');
  for (const file of ['./modules/typed.ts', './modules/typed.js']) {
    const tasks = tasksFrom<Typed>(new URL(file, import.meta.url));
    expect((await thread.spawn(tasks.repeat, { text: 'ab', times: 2 })).unwrap()).toBe('abab');
  }
});

test('under tsx', async () => {
  expect(await node(tsx, 'modules/programs/typed.ts')).toBe('abab\n');
});

test('under node --import tsx', async () => {
  expect(await node('--import', 'tsx', 'modules/programs/typed.ts')).toBe('abab\n');
});

test.skipIf(!('typescript' in process.features))('under plain Node that strips types', async () => {
  expect(await node('modules/programs/typed.ts')).toBe('abab\n');
});

test('under plain Node, when it was built', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heddle-built-'));
  try {
    await mkdir(join(folder, 'node_modules', '@heddle'), { recursive: true });
    await symlink(join(here, '..', '..'), join(folder, 'node_modules', '@heddle', 'runtime'), 'junction');
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const file of ['modules/times', 'modules/typed', 'modules/programs/typed']) {
      const { outputText } = ts.transpileModule(await readFile(join(here, `${file}.ts`), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, `${file}.js`), outputText);
    }
    expect(await node(join(folder, 'modules/programs/typed.js'))).toBe('abab\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function node(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...args], { cwd: here });
  return stdout;
}
