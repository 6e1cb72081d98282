import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { declaredNames, type ModuleName } from './declared-names.js';

/**
 * The names that a file imports or declares at its top level, or `undefined` where it cannot be read.
 *
 * Read once for each file: what a file declares when it is loaded is what its running code means.
 */
export function moduleNames(file: string): ReadonlyMap<string, ModuleName> | undefined {
  if (cache.has(file)) return cache.get(file);
  const text = readText(file);
  const names = text === undefined ? undefined : declaredNames(text);
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value as string);
  cache.set(file, names);
  return names;
}

const CACHE_ENTRIES = 256;
const MAX_FILE_BYTES = 2_097_152;
const cache = new Map<string, ReadonlyMap<string, ModuleName> | undefined>();

function readText(file: string): string | undefined {
  try {
    const path = fileURLToPath(file);
    return statSync(path).size > MAX_FILE_BYTES ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
