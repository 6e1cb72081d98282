import { decodeThrown } from './error-codec.js';
import { movableNamed } from './movable-class.js';
import type { Payload, Restoration } from './payload.js';
import { classNamed } from './register-class.js';

/**
 * Makes the value whole again that `sendValue` let through, on the other side.
 *
 * No constructor and no setter runs. An object whose class is not registered here stays what structured
 * clone made of it.
 */
export function receiveValue(payload: Payload): unknown {
  for (const part of payload.restore ?? []) restore(part);
  return payload.value;
}

function restore({ target, of, fields, thrown }: Restoration): void {
  const movable = of === undefined ? undefined : movableNamed(of);
  if (movable !== undefined) {
    movable.arrive(Object.setPrototypeOf(target, movable.prototype) as object);
    return;
  }
  const prototype = of === undefined ? undefined : prototypeNamed(of);
  if (prototype !== undefined) Object.setPrototypeOf(target, prototype);
  for (const [key, value] of Object.entries(fields ?? {})) define(target, key, value);
  for (const [key, value] of Object.entries(thrown ?? {})) define(target, key, decodeThrown(value));
}

function prototypeNamed(name: string): object | undefined {
  if (name === 'AggregateError') return AggregateError.prototype;
  return classNamed(name)?.prototype as object | undefined;
}

/** As the built-in errors have them: what is printed in another way is not listed. */
const HIDDEN: ReadonlySet<string> = new Set(['errors', 'name', 'stack']);

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: !HIDDEN.has(key) || !(target instanceof Error),
    configurable: true,
  });
}
