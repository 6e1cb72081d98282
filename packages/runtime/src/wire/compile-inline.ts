import Module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { shimFor } from './inline/source-shims.js';
import type { InlineFunction } from './job.js';
import type { LoadedTask } from './load-task.js';
import { understandTypeScript } from './typescript-loader.js';
import { isTypeScript } from './typescript-sources.js';

/**
 * Makes a function again from its source, on the thread that will run it.
 *
 * It is compiled under the name and at the position of the file it came from, so stack traces lead there.
 * Its `import()` goes through a function of ours that imports as that file would: first of all the file's
 * own neighbours and packages; and this package also where the file could not find it.
 *
 * Rejected: `importModuleDynamically` of `node:vm` (prints an ExperimentalWarning), a `data:` module
 * (resolves nothing relative, unreadable stacks), `new Function` (no file name).
 */
export async function compileInline(fn: InlineFunction): Promise<LoadedTask> {
  const { importName, shims, file } = fn;
  const names = importName === undefined ? shims : [importName, ...shims];
  if (names.length === 0) return compiled(fn, names)();
  const importer = importerFor(file);
  return compiled(
    fn,
    names,
  )(...names.map((name) => (name === importName ? importer : shimFor(name, importer, file))));
}

type Make = (...values: readonly unknown[]) => LoadedTask;
type Importer = (specifier: unknown, options?: unknown) => Promise<unknown>;

/** The same source makes a new function for each job, so that none finds the last one's properties on it. */
const cache = new Map<string, { readonly fn: InlineFunction; readonly make: Make }>();
const CACHE_ENTRIES = 256;

function compiled(fn: InlineFunction, names: readonly string[]): Make {
  const known = cache.get(fn.source);
  if (known !== undefined && isSamePlace(known.fn, fn)) return known.make;
  const before = `${fn.strict ? '"use strict";' : ''}return (`;
  const make = vm.compileFunction(`${before}${fn.source}\n)`, [...names], {
    filename: fn.file ?? 'inline-function',
    lineOffset: fn.line - 1,
    columnOffset: fn.column - 1 - before.length,
  }) as Make;
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value as string);
  cache.delete(fn.source);
  cache.set(fn.source, { fn, make });
  return make;
}

function isSamePlace(a: InlineFunction, b: InlineFunction): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

const importers = new Map<string, Importer>();

/** What `import()` means in `file`. */
function importerFor(file: string | undefined): Importer {
  const path = file === undefined ? `${process.cwd()}/inline-function` : fileURLToPath(file);
  let importer = importers.get(path);
  if (importer === undefined) {
    importer = withThisPackage(importFrom(path), pathToFileURL(path).href);
    if (importers.size >= CACHE_ENTRIES) importers.delete(importers.keys().next().value as string);
    importers.set(path, importer);
  }
  return importer;
}

/** CommonJS is the one kind of code that can be compiled under any file's name and import as that file would. */
function importFrom(path: string): Importer {
  const module = new Module(path) as Module & { _compile(code: string, path: string, format: string): void };
  module._compile('module.exports = (specifier, options) => import(specifier, options);', path, 'commonjs');
  return module.exports as Importer;
}

/** A file outside any project that has this package can still use it: it is loaded here already. */
function withThisPackage(importer: Importer, file: string): Importer {
  return async (specifier, options) => {
    const name = String(specifier);
    if (isTypeScript(name)) await understandTypeScript(name);
    // `./m.js` in TypeScript may mean `./m.ts`; where nothing can tell, it means itself.
    else if (/^(?:\.|\/|file:)/.test(name)) await understandTypeScript(file).catch(() => undefined);
    if (!/^@heddle\/runtime(?:$|\/)/.test(name)) return importer(name, options);
    try {
      return await importer(name, options);
    } catch (error) {
      if (!isNotFound(error, file)) throw error;
      return import(name);
    }
  };
}

function isNotFound(error: unknown, file: string): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(fileURLToPath(file));
}
