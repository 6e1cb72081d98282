import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { BlockRunner, type CodeBlock } from './code-blocks.js';

/**
 * Runs every `@example` of the library. An example is a program but for its imports: public names that it
 * uses are imported for it, since every one of them would begin with the same line.
 */
const runtime = fileURLToPath(new URL('../../runtime/', import.meta.url));
const manifest = JSON.parse(readFileSync(join(runtime, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};
const entryOf = new Map<string, string>();
for (const entry of Object.keys(manifest.exports).filter((path) => path !== './package.json')) {
  const specifier = `@heddle/runtime${entry.slice(1)}`;
  for (const name of Object.keys(await import(specifier))) {
    if (!entryOf.has(name)) entryOf.set(name, specifier);
  }
}

const examples = sourcesUnder(join(runtime, 'src')).flatMap((file) =>
  examplesOf(readFileSync(file, 'utf8'), relative(runtime, file)),
);

/** What examples refer to with `tasksFrom`. */
const MODULES = Object.entries({
  'counter.js': `
    export class Counter {
      #count;
      constructor(start) { this.#count = start; }
      add(n) { return (this.#count += n); }
    }`,
  'primes.js': 'export const count = (limit) => limit;',
}).map(([file, source]): CodeBlock => ({ at: file, language: 'js', source, file, output: undefined }));

test('there are examples', () => {
  expect(examples).not.toEqual([]);
});

describe('an @example runs', () => {
  for (const example of examples) {
    test(example.at, () => {
      const runner = new BlockRunner();
      try {
        for (const module of MODULES) runner.run(module);
        expect(runner.run(example).problem).toBeUndefined();
      } finally {
        runner.close();
      }
    });
  }
});

function sourcesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();
}

function examplesOf(text: string, name: string): CodeBlock[] {
  return [...text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*\*\//g)].flatMap(({ 0: comment, index }) => {
    const lines = comment.slice(3, -2).split('\n');
    const bare = lines.map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
    return bare.flatMap((line, start) => {
      if (!line.startsWith('@example')) return [];
      const rest = bare.slice(start + 1);
      const end = rest.findIndex((other) => /^@\w/.test(other));
      const body = rest.slice(0, end === -1 ? undefined : end).filter((other) => !other.startsWith('```'));
      const at = `${name}:${text.slice(0, index).split('\n').length + start}`;
      const source = withoutTypes(withImports(body));
      return [{ at, language: 'js', source, file: undefined, output: undefined } as const];
    });
  });
}

function withImports(body: readonly string[]): string {
  const code = body.join('\n');
  if (/^import .* from '@heddle/m.test(code)) return code;
  const used = [...entryOf].filter(
    ([name]) =>
      new RegExp(`(?<![\\w.$'])${name}\\b`).test(code) &&
      !new RegExp(`\\b(const|let|function\\*?|class) ${name}\\b`).test(code),
  );
  // On one line, so that a stack names the line of the example.
  return used.map(([name, specifier]) => `import { ${name} } from '${specifier}'; `).join('') + code;
}

/** There are many examples, and plain Node starts several times as fast as a loader. */
function withoutTypes(source: string): string {
  const { ESNext } = ts.ModuleKind;
  const { ES2022 } = ts.ScriptTarget;
  return ts.transpileModule(source, { compilerOptions: { module: ESNext, target: ES2022 } }).outputText;
}
