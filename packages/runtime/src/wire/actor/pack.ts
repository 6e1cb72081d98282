import { move, takeMark } from '../move.js';
import type { Payload, Transferred } from '../payload.js';
import { receiveValue } from '../receive-value.js';
import { sendValue } from '../send-value.js';
import { anyProxied, isProxied, type ProxiedFunction } from './proxied.js';

/**
 * How arguments and results cross to an actor and from it: as those of a job, and proxied functions besides.
 *
 * A proxied function may be an argument or a result itself, or a property of a plain object that is one: the
 * callback, or the callback in an object of options. Rejected: looking everywhere. A survey of our own of all
 * that crosses would cost every call, and what is deep inside data is hardly ever meant to be called.
 */
export interface Packed extends Payload {
  readonly callbacks?: readonly CallbackPlace[];
}

/** Where in a value a proxied function is missing, and its number. */
interface CallbackPlace {
  readonly path: readonly string[];
  readonly id: number;
}

/** Makes a call's arguments ready to be sent. Throws a `TypeError` that names the one which cannot cross. */
export function packArguments(args: readonly unknown[], give: Give, caller: string): Packing {
  return pack(args, 'args', `${caller}: `, 2, give);
}

/** Makes a call's result ready to be sent. Throws a `TypeError` that names what in it cannot cross. */
export function packResult(result: unknown, give: Give, caller: string): Packing {
  return pack(result, 'result', `${caller}: `, 1, give);
}

/** Makes whole what arrived. */
export function unpack({ callbacks, ...payload }: Packed, receive: (id: number) => unknown): unknown {
  const holder = { value: receiveValue(payload) };
  for (const { path, id } of callbacks ?? []) put(holder, ['value', ...path], receive(id));
  return holder.value;
}

/** A value that is ready to be posted. */
export interface Packing {
  readonly packed: Packed;
  readonly transfer: readonly Transferred[];
  /** See `SentValue`. */
  readonly objects: number;
}

/** Numbers a function that is about to be sent. */
type Give = (fn: ProxiedFunction) => number;

function pack(value: unknown, root: string, prefix: string, depth: number, give: Give): Packing {
  const found: [readonly string[], ProxiedFunction][] = [];
  const bare = anyProxied() ? takeOut(value, [], depth, found) : value;
  const { payload, transfer, objects } = sendValue(bare, root, prefix);
  if (found.length === 0) return { packed: payload, transfer, objects };
  const callbacks = found.map(([path, fn]) => ({ path, id: give(fn) }));
  return { packed: { ...payload, callbacks }, transfer, objects };
}

/** Copies `value` without the proxied functions in it; gives `value` itself where there are none. */
function takeOut(
  value: unknown,
  path: readonly string[],
  depth: number,
  found: [readonly string[], ProxiedFunction][],
): unknown {
  if (isProxied(value)) {
    found.push([path, value]);
    return undefined;
  }
  // The arguments are an array; objects in it are looked into, further arrays are not.
  if (depth === 0 || (!(path.length === 0 && Array.isArray(value)) && !isPlainObject(value))) return value;
  const before = found.length;
  const properties = Object.getOwnPropertyDescriptors(value as object);
  for (const [key, property] of Object.entries(properties)) {
    if (!('value' in property) || property.enumerable !== true) continue;
    property.value = takeOut(property.value, [...path, key], depth - 1, found);
  }
  if (found.length === before) return value;
  const copy = Object.defineProperties(Array.isArray(value) ? [] : {}, properties);
  return takeMark(value) ? move(copy) : copy;
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function put(holder: object, path: readonly string[], callback: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    Object.defineProperty(holder, key, {
      value: callback,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    return;
  }
  const next: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  if (typeof next === 'object' && next !== null) put(next, rest, callback);
}
