import { basename } from 'node:path';
import { refusal } from './refusal.js';
import { findTypeScriptSources, isTypeScript } from './typescript-sources.js';

/**
 * Makes sure that this thread can import a TypeScript module.
 *
 * Node 22.18 strips types by itself. Older ones need `tsx`, and a worker needs it again even in a process
 * that was started by it: hooks belong to a thread. It is registered from here, in JavaScript, since a
 * worker whose own entry is TypeScript does not start at all.
 *
 * @param name the module: a URL, a path or what an `import()` says.
 * @throws {TypeError} `ERR_TASK_MODULE` when neither is there.
 */
export async function understandTypeScript(name: string): Promise<void> {
  if (!isTypeScript(name)) return;
  if (stripsTypes()) {
    findTypeScriptSources();
    return;
  }
  registered ??= registerTsx(name);
  await registered;
}

let registered: Promise<void> | undefined;

/** `process.features.typescript` is younger than our types of Node. */
function stripsTypes(): boolean {
  const features: object & { readonly typescript?: unknown } = process.features;
  return Boolean(features.typescript);
}

async function registerTsx(name: string): Promise<void> {
  try {
    const { register } = await import('tsx/esm/api');
    register();
  } catch (cause) {
    registered = undefined;
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: ${basename(name).replace(/[?#].*$/, '')} needs Node ≥ 22.18 or the tsx package.`,
      { cause },
    );
  }
}
