import { viteSpecifier } from './vite-specifier.js';

/**
 * What build tools put into the text of functions, and what stands in for it on another thread.
 *
 * Each is recognised by its name *and* by how it is used, so that a program's own variable with an unlucky
 * name is refused like any other instead of being given something that does nothing.
 */

/** Whether a free name is a tool's, and harmless once `shimFor` gives it a value. */
export function isShimmed(use: {
  readonly name: string;
  readonly called: boolean;
  readonly counted: boolean;
}): boolean {
  if (use.name === KEEP_NAMES || use.name === VITE_IMPORT) return use.called;
  return isCoverage(use.name) && use.counted;
}

/** The value of such a name. `importer` is what `import()` means in the function's `file`. */
export function shimFor(name: string, importer: Importer, file: string | undefined): unknown {
  if (name === KEEP_NAMES) return keepName;
  if (name !== VITE_IMPORT) return counters;
  return async (specifier: unknown) => importer(viteSpecifier(String(specifier), file));
}

type Importer = (specifier: string) => Promise<unknown>;

/** esbuild, and so tsx, with `keepNames`: `__name(() => {}, "work")`. */
const KEEP_NAMES = '__name';
/** vite, and so vitest, writes `import()` so. */
const VITE_IMPORT = '__vite_ssr_dynamic_import__';

/** istanbul names its counters after a hash of the file's path. */
function isCoverage(name: string): boolean {
  return /^cov_[0-9a-z]+$/.test(name);
}

function keepName<T extends object>(fn: T, value: string): T {
  return Object.defineProperty(fn, 'name', { value, configurable: true });
}

/** Counts nothing: any counter of it reads as 0 and takes any value. It is called in newer versions. */
const counters: unknown = new Proxy(() => counters, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : counters),
  set: () => true,
});
