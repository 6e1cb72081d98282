import { declaredNames, type ModuleName } from './declared-names.js';
import { fileText } from './file-text.js';

/**
 * The names that a file imports or declares at its top level, or `undefined` where it cannot be read.
 *
 * Read once for each file: what a file declares when it is loaded is what its running code means.
 */
export function moduleNames(file: string): ReadonlyMap<string, ModuleName> | undefined {
  if (cache.has(file)) return cache.get(file);
  const text = fileText(file);
  const names = text === undefined ? undefined : declaredNames(text);
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value as string);
  cache.set(file, names);
  return names;
}

const CACHE_ENTRIES = 256;
const cache = new Map<string, ReadonlyMap<string, ModuleName> | undefined>();
