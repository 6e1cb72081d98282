import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * What a specifier that vite has rewritten means to Node.
 *
 * vite resolves a literal `import('./m.js')` itself, to a path below its root (`/src/m.ts`) or, outside of it,
 * to `/@fs/` and a whole path. The root is not written down anywhere: it is the nearest folder above the
 * importing file that has such a file.
 */
export function viteSpecifier(specifier: string, file: string | undefined): string {
  if (!specifier.startsWith('/')) return specifier;
  const path = specifier.replace(/^\/@fs(?=\/)/, '').replace(/[?#].*$/, '');
  if (specifier.startsWith('/@fs/') || file === undefined) return pathToFileURL(path).href;
  for (let folder = dirname(fileURLToPath(file)); ; folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (existsSync(candidate)) return pathToFileURL(candidate).href;
    if (folder === dirname(folder)) return specifier;
  }
}
