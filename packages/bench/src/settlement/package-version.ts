import { existsSync, readFileSync } from 'node:fs';

/** The version of an installed package. Its manifest is looked for from its entry upwards: not all export it. */
export function packageVersion(name: string): string {
  let folder = new URL('.', import.meta.resolve(name));
  for (;;) {
    const manifest = new URL('package.json', folder);
    if (existsSync(manifest)) {
      const found = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; version?: string };
      if (found.name === name && found.version !== undefined) return found.version;
    }
    const parent = new URL('..', folder);
    if (parent.href === folder.href) return 'unknown';
    folder = parent;
  }
}
