import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/**
 * Holds every public name to a docstring, and every one that can be called or made to an example besides: those are run
 * by docstring-examples.test.ts. It reads what a user's editor reads, the declarations or their sources.
 */
const runtime = fileURLToPath(new URL('../../runtime/', import.meta.url));
const manifest = JSON.parse(readFileSync(join(runtime, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly '@heddle/source': string }>>;
};
const entries = Object.entries(manifest.exports)
  .filter(([entry]) => entry !== './package.json')
  .map(([entry, paths]) => ({ entry, file: join(runtime, paths['@heddle/source']) }));
const program = ts.createProgram(
  entries.map(({ file }) => file),
  {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
    typeRoots: [join(runtime, 'node_modules', '@types')],
  },
);
const checker = program.getTypeChecker();

const names = entries.flatMap(({ entry, file }) => {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return module === undefined ? [] : namesIn(module, `${entry} `);
});

test('the public names are found', () => {
  expect(names.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['. spawn', './sync mpsc.channel', './time Interval']),
  );
});

test('every public name has a docstring', () => {
  const without = names.filter(({ symbol }) => symbol.getDocumentationComment(checker).length === 0);
  expect(without.map(({ name }) => name)).toEqual([]);
});

test('every public value has an @example', () => {
  const without = names.filter(
    ({ symbol }) =>
      (symbol.flags & ts.SymbolFlags.Value) !== 0 &&
      !symbol.getJsDocTags(checker).some((tag) => tag.name === 'example'),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

interface PublicName {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

/** The names of a module, those of a module that it exports under one name among them. */
function namesIn(module: ts.Symbol, before: string): PublicName[] {
  return checker.getExportsOfModule(module).flatMap((exported): PublicName[] => {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
    const name = before + exported.name;
    return (symbol.flags & ts.SymbolFlags.Module) === 0 ? [{ name, symbol }] : namesIn(symbol, `${name}.`);
  });
}
