import type { Setup } from '../spawner.js';

const MODULES = {
  missing: new URL('./nowhere.js', import.meta.url),
  broken: new URL('./broken.js', import.meta.url),
};

/** The module that `setup` asks for, where `working` is the one that the spawner's threads need. */
export function moduleUrl({ module }: Setup, working: URL): URL {
  return module === 'working' ? working : MODULES[module];
}
