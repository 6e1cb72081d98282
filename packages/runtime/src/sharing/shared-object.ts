import { types } from 'node:util';
import { safeInspect } from '../base/safe-inspect.js';

/**
 * An object that is the same on every thread: a class around words of shared memory.
 *
 * It has no private fields, which only a constructor can make and which do not cross: what it is, is in its
 * words, and the first of them says which class it is of.
 */
export const KIND = 0;

/** What stands in the first word. Any numbers will do that a program's own memory does not begin with by chance. */
export const MUTEX = 0x6d757478;
export const CONDVAR = 0x636f6e64;
export const SEMAPHORE = 0x73656d61;

/** Memory for a new object. */
export function newWords(kind: number, count: number): Int32Array {
  const words = new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
  words[KIND] = kind;
  return words;
}

/**
 * Makes the object again of what structured clone has made of it: its own properties, without its class.
 *
 * Throws a `TypeError` when it is something else.
 */
export function fromClone<S extends object>(
  caller: string,
  Class: abstract new (...args: never[]) => S,
  kind: number,
  clone: unknown,
): S {
  if (clone instanceof Class) return clone;
  const words: unknown =
    typeof clone === 'object' && clone !== null ? Reflect.get(clone, 'words') : undefined;
  if (!types.isInt32Array(words) || !types.isSharedArrayBuffer(words.buffer) || words[KIND] !== kind) {
    throw new TypeError(`${caller}: expected what was sent to this thread, got ${safeInspect(clone, 100)}`);
  }
  return Object.assign(Object.create(Class.prototype as object) as S, clone);
}
