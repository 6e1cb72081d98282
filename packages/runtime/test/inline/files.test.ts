import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';
import { type Ended, Stranger } from '../stranger.js';

/**
 * Inline functions in files of every make: with a BOM, of another line end, compiled for an older language, with
 * coverage counters. Each is a program of its own, which prints what its call came to.
 */
const REPORT = `
async function report(call) {
  try {
    console.log(JSON.stringify((await call()).unwrap()));
  } catch (error) {
    console.log(error.code + ' ' + error.message);
  }
}`;

// Whole tools are run, which takes its time where other programs keep the machine busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

describe('a file', () => {
  const text = [
    "import { thread } from '@heddle/runtime';",
    'const handle = thread.spawn((größe) => {',
    '  // Zeile',
    '  return [`a',
    "${größe}é`, /[\"'`]/.test('`'), new Error('x').stack.split('\\n')[1].trim()];",
    "}, 'ß');",
    'console.log(JSON.stringify((await handle).unwrap()));',
    '',
  ].join('\n');

  test.each([
    ['with a BOM', `\uFEFF${text}`, 0],
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n'), 0],
    ['with a BOM and the line ends of Windows', `\uFEFF${text.replaceAll('\n', '\r\n')}`, 0],
    ['with a hashbang', `#!/usr/bin/env node\n${text}`, 1],
    ['that begins with comments', `/* one\n * } ( */ // two\n${text}`, 2],
  ])('%s works, and its stack names the right line and column', async (_, source, linesBefore) => {
    const { stdout, stderr } = await run({ 'main.mjs': source }, 'node main.mjs');
    expect(stderr).toBe('');
    const [value, matched, frame] = JSON.parse(stdout) as [string, boolean, string];
    expect([value, matched]).toEqual(['a\nßé', true]);
    expect(frame).toMatch(new RegExp(`main\\.mjs:${5 + linesBefore}:32\\)?$`));
  });

  test('of CommonJS works, and may not capture what only such a file has', async () => {
    const source = `
      const { thread } = require('@heddle/runtime');
      const path = require('node:path');
      ${REPORT}
      (async () => {
        await report(() => thread.spawn(async (n) => (await import('./other.cjs')).default.n + n, 1));
        await report(() => thread.spawn(() => require('node:path').sep));
        await report(() => thread.spawn(() => module.exports));
        await report(() => thread.spawn(() => path.sep));
      })();`;
    const { stdout } = await run({ 'main.cjs': source, 'other.cjs': 'exports.n = 1;' }, 'node main.cjs');
    expect(stdout.split('\n')).toEqual([
      '2',
      expect.stringMatching(/^ERR_NOT_SELF_CONTAINED .* uses "require", which belongs to its file/),
      expect.stringMatching(/^ERR_NOT_SELF_CONTAINED .* uses "module", which belongs to its file/),
      expect.stringMatching(
        /^ERR_NOT_SELF_CONTAINED .* Import it inside the function — const path = await import\('node:path'\) —/,
      ),
      '',
    ]);
  });
});

describe('TypeScript that was compiled', () => {
  const source = `
    import { thread } from '@heddle/runtime';
    import { sep } from 'node:path';
    ${REPORT.replace('(call)', '(call: () => any)').replace('(error)', '(error: any)')}
    enum Colour { Red = 1 }
    (async () => {
      await report(() => thread.spawn((a?: { b?: number }) => a?.b ?? 2));
      await report(() => thread.spawn(async (n: number) => (await Promise.resolve(n)) + 1, 1));
      await report(() => thread.spawn((list: number[]) => [...list, 1].length, [1]));
      await report(() => (thread.spawn as any)(() => Colour[1]));
      await report(() => (thread.spawn as any)(() => sep));
    })();`;

  test.each([
    [ts.ScriptTarget.ES2022, ts.ModuleKind.ESNext, ['2', '2', '2']],
    [ts.ScriptTarget.ES2022, ts.ModuleKind.CommonJS, ['2', '2', '2']],
    [ts.ScriptTarget.ES2015, ts.ModuleKind.CommonJS, ['2', helper('__awaiter'), '2']],
    [ts.ScriptTarget.ES5, ts.ModuleKind.CommonJS, ['2', helper('__awaiter'), helper('__spreadArray')]],
  ])(
    'for target %s and module %s works, or is refused by what the compiler put in',
    async (target, module, expected) => {
      const { outputText } = ts.transpileModule(source, { compilerOptions: { target, module } });
      const file = module === ts.ModuleKind.CommonJS ? 'main.cjs' : 'main.mjs';
      const { stdout } = await run({ [file]: outputText }, `node ${file}`);
      expect(stdout.split('\n')).toEqual([
        ...expected,
        expect.stringContaining('uses "Colour" from its surroundings'),
        expect.stringMatching(/uses "(?:node_path_1|sep)", which its file imports/),
        '',
      ]);
    },
  );

  test('by esbuild for an older language is refused by its helper', async () => {
    const main = `
      import { thread } from '@heddle/runtime';
      ${REPORT}
      await report(() => thread.spawn(() => { class K { #x = 1; get x() { return this.#x; } } return new K().x; }));
      await report(() => thread.spawn((a) => ({ ...a }), { b: 1 }));
      await report(() => thread.spawn(async () => { await using x = { [Symbol.asyncDispose]() {} }; return 1; }));`;
    const { stdout } = await run(
      { 'main.ts': main },
      'esbuild main.ts --format=esm --target=es2017 --supported:top-level-await=true --outfile=main.mjs --log-level=error && node main.mjs',
    );
    const [privateName, spread, using] = stdout.split('\n');
    expect([privateName, spread, using]).toEqual(['__privateAdd', '__spreadValues', '__using'].map(helper));
  });

  test('by esbuild with names kept works', async () => {
    const main = `
      import { thread } from '@heddle/runtime';
      ${REPORT}
      await report(() => thread.spawn((n) => { const half = (x) => x / 2; class Tool {} return [half.name, half(n), Tool.name]; }, 4));`;
    const { stdout } = await run(
      { 'main.ts': main },
      'esbuild main.ts --format=esm --keep-names --outfile=main.mjs --log-level=error && node main.mjs',
    );
    expect(stdout).toBe('["half",2,"Tool"]\n');
  });

  test('by esbuild minified with names kept is refused, since what keeps them has lost its own', async () => {
    const main = `
      import { thread } from '@heddle/runtime';
      ${REPORT}
      await report(() => thread.spawn((n) => { const half = (x) => x / 2; return [half, half(n)].length; }, 4));`;
    const { stdout } = await run(
      { 'main.ts': main },
      'esbuild main.ts --format=esm --bundle --packages=external --keep-names --minify --outfile=main.mjs --log-level=error && node main.mjs',
    );
    expect(stdout).toMatch(
      /^ERR_NOT_SELF_CONTAINED thread\.spawn: this function uses "\w" from its surroundings/,
    );
  });
});

describe('a file with coverage', () => {
  test('by istanbul works', async () => {
    const main = `
      import { thread } from '@heddle/runtime';
      ${REPORT}
      function cov_1f2a3b4c5d() { const data = { s: {}, f: {}, b: {} }; cov_1f2a3b4c5d = () => data; return data; }
      cov_1f2a3b4c5d().s[0]++;
      await report(() => thread.spawn((a, b = (cov_1f2a3b4c5d().b[0][0]++, 1)) => {
        cov_1f2a3b4c5d().f[1]++; cov_1f2a3b4c5d().s[2]++;
        return (cov_1f2a3b4c5d().b[1][0]++, a) && (cov_1f2a3b4c5d().b[1][1]++, b) ? (cov_1f2a3b4c5d().b[2][0]++, a + b) : (cov_1f2a3b4c5d().b[2][1]++, 0);
      }, 1));`;
    expect((await run({ 'main.mjs': main }, 'node main.mjs')).stdout).toBe('2\n');
  });

  test('by V8 works: node writes it', async () => {
    const main = `
      import { thread } from '@heddle/runtime';
      ${REPORT}
      await report(() => thread.spawn((n) => n + 1, 1));`;
    const stranger = await Stranger.with([['main.mjs', main]]);
    try {
      expect((await stranger.call('NODE_V8_COVERAGE=written node main.mjs')).stdout).toBe('2\n');
      const { stdout } = await stranger.call('node -p "fs.readdirSync(\'written\').length > 0"');
      expect(stdout).toBe('true\n');
    } finally {
      await stranger.gone();
    }
  });

  test('by vitest works, and mocks and spies are refused by name', async () => {
    const testFile = `
      import { sep } from 'node:path';
      import { thread } from '@heddle/runtime';
      import { expect, test, vi } from 'vitest';
      import { count } from './count.js';
      vi.mock('./count.js', () => ({ count: () => 42 }));
      test('all of it', async () => {
        expect((await thread.spawn((n) => (n > 1 ? n : n + 1), 1)).unwrap()).toBe(2);
        expect((await thread.spawn(async () => (await import('./count.js')).count())).unwrap()).toBe(1);
        expect(() => thread.spawn(() => count())).toThrow('uses "count", which its file imports');
        expect(() => thread.spawn(() => sep)).toThrow('uses "sep", which its file imports');
        expect(() => thread.spawn(() => expect)).toThrow('uses "expect", which its file imports');
        expect(() => thread.spawn(() => vi.fn())).toThrow('uses "vi", which its file imports');
        expect(() => thread.spawn(vi.fn(() => 1))).toThrow(/^thread\\.spawn: this function (?:uses|is)/);
        expect(() => thread.spawn(() => import.meta.env)).toThrow('uses "import.meta"');
      });`;
    const { code, stdout, stderr } = await run(
      { 'a.test.js': testFile, 'count.js': 'export const count = () => 1;' },
      'vitest run --coverage.enabled --coverage.provider=v8 --coverage.reporter=text-summary',
    );
    expect(stdout + stderr).toMatch(/Tests\s+1 passed[\s\S]*Coverage/);
    expect(code).toBe(0);
  });
});

function helper(name: string): string {
  return `ERR_NOT_SELF_CONTAINED thread.spawn: this function was compiled to use the helper "${name}", which does not exist on another thread. Compile for ES2022 or later, or move the function to a module and use tasksFrom().`;
}

/** Calls a line in a stranger's folder with these files. */
async function run(files: Readonly<Record<string, string>>, line: string): Promise<Ended> {
  const stranger = await Stranger.with(Object.entries(files));
  try {
    return await stranger.call(line);
  } finally {
    await stranger.gone();
  }
}
