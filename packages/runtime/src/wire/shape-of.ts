import { types } from 'node:util';
import { isError, prototypesOf } from '../base/error-text.js';
import type { WireNode } from './error-message.js';
import { isLeaf, isPlainObject } from './plain-data.js';
import { nameOfPrototype } from './register-class.js';

/** What row of the table an object becomes. What is `opaque` crosses as its `inspect` text. */
export type Shape = WireNode['kind'] | 'opaque';

/** Looks at an object without calling any code of it. */
export function shapeOf(object: object): Shape {
  if (types.isProxy(object)) return 'opaque';
  if (isError(object)) return 'error';
  if (Array.isArray(object)) return 'array';
  if (types.isMap(object)) return 'map';
  if (types.isSet(object)) return 'set';
  if (isLeaf(object)) return 'leaf';
  if (registeredNameOf(object) !== undefined || isPlainObject(object)) return 'object';
  // An instance of a class that nobody registered arrives as structured clone would have it, its own data
  // without its class; where all it has is hidden in it (a promise, a socket), its text says more.
  const hidden = types.isPromise(object) || types.isWeakMap(object) || types.isWeakSet(object);
  return hidden || Object.keys(object).length === 0 ? 'opaque' : 'object';
}

/** The name of the class that `object` will be restored as: its own; of an error, the nearest registered one. */
export function registeredNameOf(object: object): string | undefined {
  const wholeChain = isError(object);
  for (const prototype of prototypesOf(object)) {
    const name = nameOfPrototype(prototype);
    if (name !== undefined || !wholeChain) return name;
  }
  return undefined;
}
