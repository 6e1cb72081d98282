import { types } from 'node:util';
import { prototypesOf } from '../base/error-text.js';
import { DROPPED_KEYS } from './error-message.js';

/**
 * Tells what structured clone would carry unchanged, by looking and without touching: no accessor is called
 * and no proxy is asked, which `structuredClone` itself would do.
 */

/** Whether `value` can be cloned and its clone is the same: no class, accessor, function or error in it. */
export function isPlainData(value: unknown): boolean {
  // What looks plain has no code to run, so cloning it is harmless, and finds what does not show: a buffer
  // that was moved away, a promise whose prototype was taken off.
  return looksPlain(value) && (typeof value !== 'object' || value === null || cloneOf(value) !== undefined);
}

/** Whether structured clone knows `value` as a thing of its own, without parts that would have to be walked. */
export function isLeaf(value: object): boolean {
  return (
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value)
  );
}

/** A leaf's clone, or `undefined` when there is none, or when it would hold more than `maxBytes`. */
export function leafCopy(leaf: object, maxBytes: number): object | undefined {
  const buffer = ArrayBuffer.isView(leaf) ? bufferOf(leaf) : leaf;
  return types.isArrayBuffer(buffer) && buffer.byteLength > maxBytes ? undefined : cloneOf(leaf);
}

/** Whether an object's class is the one that literals have, in any realm, or none. */
export function isPlainObject(value: object): boolean {
  const [prototype, next] = prototypesOf(value);
  if (prototype === undefined || prototype === Object.prototype) return true;
  return next === undefined && Object.hasOwn(prototype, 'isPrototypeOf');
}

function looksPlain(value: unknown): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'function' || typeof next === 'symbol') return false;
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (!pushParts(next, waiting)) return false;
  }
  return true;
}

/** Puts the parts of `object` on the list, or answers that it is not plain. */
function pushParts(object: object, parts: unknown[]): boolean {
  if (types.isProxy(object) || types.isNativeError(object)) return false;
  if (isLeaf(object)) return true;
  if (types.isMap(object)) {
    for (const [key, value] of Map.prototype.entries.call(object)) parts.push(key, value);
    return true;
  }
  if (types.isSet(object)) {
    for (const item of Set.prototype.values.call(object)) parts.push(item);
    return true;
  }
  if (!Array.isArray(object) && !isPlainObject(object)) return false;
  for (const key of Reflect.ownKeys(object)) {
    const own = Object.getOwnPropertyDescriptor(object, key);
    if (own === undefined || !('value' in own) || DROPPED_KEYS.has(String(key))) return false;
    parts.push(own.value);
  }
  return true;
}

function cloneOf(value: object): object | undefined {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

const bufferGetters: readonly ((this: unknown) => ArrayBufferLike)[] = [
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  DataView.prototype,
].map((prototype) => Object.getOwnPropertyDescriptor(prototype, 'buffer')?.get as () => ArrayBufferLike);

/** The buffer of a view, even where an own `buffer` hides it. */
function bufferOf(view: ArrayBufferView): ArrayBufferLike | undefined {
  const [ofArray, ofDataView] = bufferGetters;
  return (types.isTypedArray(view) ? ofArray : ofDataView)?.call(view);
}
