import { types } from 'node:util';
import { safeInspect } from './safe-inspect.js';

/**
 * Reads errors that somebody else made, without ever throwing.
 *
 * Anything can be thrown: a proxy whose traps throw, an error whose `message` is a getter, a revoked proxy.
 * These functions look at descriptors, so an object's own accessors are never called and a proxy is never
 * asked. One exception is meant: `name` and `message` that a *class* computes (a getter on a prototype, as
 * in DOMException and in several validation libraries) are read, and a throw there counts as no text.
 */

/** Whether `value` is an error: a native one of any realm, or an object that inherits from `Error`. */
export function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  for (const prototype of prototypesOf(value)) if (prototype === Error.prototype) return true;
  return false;
}

/** The `message` of an error, or `undefined` where there is no text to be had. */
export function errorMessage(error: object): string | undefined {
  return classText(error, 'message');
}

/** The `name` of an error, own or its class's, or `undefined` where there is no text to be had. */
export function errorName(error: object): string | undefined {
  return classText(error, 'name');
}

/** The `stack` of an error, or `undefined` when it has none or it is not text. */
export function errorStack(error: object): string | undefined {
  if (!formatsQuietly(error)) return undefined;
  try {
    const own = Object.getOwnPropertyDescriptor(error, 'stack');
    // Newer V8 keeps the stack behind an own accessor: ours reads every native error's, theirs is never called.
    const stack = own === undefined || 'value' in own ? own?.value : nativeStack?.call(error);
    if (typeof stack === 'string') return stack;
    return own === undefined ? classText(error, 'stack') : undefined;
  } catch {
    // `Error.prepareStackTrace` runs, which a program may have replaced.
    return undefined;
  }
}

/** What was thrown, in a few words: an error's message, and anything else as it is printed. */
export function thrownText(thrown: unknown): string {
  return (isError(thrown) ? errorMessage(thrown) : undefined) ?? safeInspect(thrown, 200);
}

/** The prototypes of `value`, nearest first, up to the first one that is a proxy. */
export function* prototypesOf(value: unknown): Generator<object, void> {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return;
  for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) {
    if (types.isProxy(at)) return;
    yield at as object;
  }
}

const nativeStack: ((this: unknown) => unknown) | undefined = Object.getOwnPropertyDescriptor(
  new Error(),
  'stack',
)?.get;

/** V8 makes the text of a stack when it is first read, and reads `name` and `message` as a program would. */
function formatsQuietly(error: object): boolean {
  for (let at: object | null = error; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (types.isProxy(at)) return false;
  }
  return TEXTS.every((key) => {
    const own = Object.getOwnPropertyDescriptor(error, key);
    return own === undefined || ('value' in own && Object(own.value) !== own.value);
  });
}

const TEXTS = ['name', 'message'] as const;

function classText(error: object, key: 'name' | 'message' | 'stack'): string | undefined {
  if (types.isProxy(error)) return undefined;
  const own = Object.getOwnPropertyDescriptor(error, key);
  if (own !== undefined) return typeof own.value === 'string' ? own.value : undefined;
  for (const prototype of prototypesOf(error)) {
    const inherited = Object.getOwnPropertyDescriptor(prototype, key);
    if (inherited === undefined) continue;
    try {
      const text: unknown = 'value' in inherited ? inherited.value : inherited.get?.call(error);
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
