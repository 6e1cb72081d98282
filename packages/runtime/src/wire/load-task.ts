import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { safeInspect } from '../base/safe-inspect.js';
import { refusal } from './refusal.js';
import type { TaskTarget } from './task-ref.js';
import { understandTypeScript } from './typescript-loader.js';
import { typescriptBeside } from './typescript-sources.js';

/** A function or class that a module exports. What it takes and gives was checked where it was referred to. */
export type LoadedTask = (...args: unknown[]) => unknown;

/**
 * Imports the module of a reference and gives the function that it names.
 *
 * What the module throws while it loads is passed on as it is: it is the program's error, not ours.
 *
 * @throws {TypeError} `ERR_TASK_MODULE` when there is no such module or no such function in it.
 */
export async function loadTask({ url, name }: TaskTarget): Promise<LoadedTask> {
  const found = resolveModule(url);
  await understandTypeScript(found);
  const [namespace] = await importNamespace(found);
  if (Object.hasOwn(namespace, 'then')) {
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: ${fileName(url)} exports "then", which makes every import of it wait for that function. Rename the export.`,
    );
  }
  return exportedFunction(namespace, url, name);
}

/** The module's URL, or that of the TypeScript source it will be compiled from when only that exists. */
function resolveModule(url: string): string {
  if (exists(url)) return url;
  const source = typescriptBeside(url);
  if (source !== undefined && exists(source)) return source;
  throw refusal('ERR_TASK_MODULE', `tasksFrom: there is no module at ${url}.`);
}

function exists(url: string): boolean {
  return existsSync(fileURLToPath(url));
}

type Namespace = Readonly<Record<string, unknown>>;

/**
 * Imports a module without awaiting it: `await import(url)` calls the module's `then`, should it export one,
 * and may so never end. A module that imports it statically and hands it on in an array does not, as long as
 * nobody returns the namespace itself from an async function.
 */
async function importNamespace(url: string): Promise<readonly [Namespace]> {
  const wrapper = `import * as namespace from ${JSON.stringify(url)}; export const held = [namespace];`;
  const { held }: { held: readonly [Namespace] } = await import(
    `data:text/javascript,${encodeURIComponent(wrapper)}`
  );
  return held;
}

function exportedFunction(namespace: Namespace, url: string, name: string): LoadedTask {
  if (!Object.hasOwn(namespace, name)) {
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: ${fileName(url)} has no export "${name}". It exports ${listed(Object.keys(namespace))}.`,
    );
  }
  const value = namespace[name];
  if (typeof value !== 'function') {
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: "${name}" of ${fileName(url)} is not a function: got ${safeInspect(value, 100)}.`,
    );
  }
  if (types.isAsyncFunction(value) && types.isGeneratorFunction(value)) {
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: "${name}" of ${fileName(url)} is an async generator, which gives many values where a task gives one: return a channel instead.`,
    );
  }
  return value as LoadedTask;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.map((name) => `"${name}"`).join(', ');
}

function fileName(url: string): string {
  return basename(new URL(url).pathname);
}
