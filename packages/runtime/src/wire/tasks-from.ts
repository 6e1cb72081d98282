import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { printable } from '../base/printable.js';
import { safeInspect } from '../base/safe-inspect.js';
import { refusal } from './refusal.js';
import { type TaskRef, taskRef } from './task-ref.js';

/**
 * The functions and classes that a module exports, each as a reference that a spawner takes.
 *
 * A module that exports `then` cannot be imported without being awaited, so its type is refused here and
 * the module itself where it is loaded.
 */
export type TasksFrom<M> = 'then' extends keyof M
  ? { readonly 'tasksFrom: a module that exports "then" cannot be imported': never }
  : { readonly [K in keyof M as M[K] extends Callable ? K : never]: TaskRef<M[K]> };

type Callable = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

/**
 * Refers to the functions of another module, to be run by any spawner, without loading it here.
 *
 * The names are checked by the type checker; a name that the module turns out not to export is a panic of
 * the task. `then`, `constructor`, `__proto__`, `toJSON` and symbols read as `undefined`, so that awaiting,
 * printing or serialising the references by accident does nothing.
 *
 * @param url a `file:` URL, as a `URL` or as text. The module may be TypeScript.
 * @throws {TypeError} `ERR_TASK_MODULE` when `url` is not a `file:` URL.
 * @example
 * const primes = tasksFrom<typeof import('./primes.js')>(new URL('./primes.js', import.meta.url));
 * const handle = thread.spawn(primes.count, 5_000_000);
 */
export function tasksFrom<M extends object>(url: URL | string): TasksFrom<M> {
  const href = fileUrl(url);
  const made = new Map<string, TaskRef<unknown>>();
  const refer = (name: string): TaskRef<unknown> => {
    const ref = made.get(name) ?? taskRef({ url: href, name });
    made.set(name, ref);
    return ref;
  };
  return new Proxy(unreferenced(href), {
    get: (_, key) => (isReferable(key) ? refer(key) : undefined),
    has: (_, key) => isReferable(key),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  }) as TasksFrom<M>;
}

const NEVER_REFERRED: ReadonlySet<string> = new Set(['then', 'constructor', '__proto__', 'toJSON']);

function isReferable(key: string | symbol): key is string {
  return typeof key === 'string' && !NEVER_REFERRED.has(key);
}

/** What the proxy stands for: nothing at all, except that it prints as what it is. */
function unreferenced(href: string): object {
  return Object.create(null, {
    [inspect.custom]: { configurable: true, value: () => `[tasksFrom ${href}]` },
  }) as object;
}

function fileUrl(given: unknown): string {
  // Not `instanceof`: a test runner's URL is of another realm.
  const text = typeof given === 'object' && given !== null && 'href' in given ? given.href : given;
  const url = typeof text === 'string' ? parseUrl(text) : undefined;
  if (url === undefined) {
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: got ${safeInspect(given, 100)}, which is not a URL. Write tasksFrom(new URL('./m.js', import.meta.url)).`,
    );
  }
  if (!isLocalFile(url)) {
    throw refusal(
      'ERR_TASK_MODULE',
      `tasksFrom: got ${printable(url.href.slice(0, 200))}; a task's module is a file: URL, of this machine.`,
    );
  }
  return url.href;
}

function isLocalFile(url: URL): boolean {
  try {
    return fileURLToPath(url) !== '';
  } catch {
    // Another scheme, another host, or an escaped slash.
    return false;
  }
}

/** `URL.canParse` and `URL.parse` are younger than the oldest Node we run on. */
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
