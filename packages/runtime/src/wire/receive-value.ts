import type { Payload, Restoration } from './payload.js';
import { classNamed } from './register-class.js';

/**
 * Makes the value whole again that `surveyValue` let through, on the other side.
 *
 * Never throws. An object whose class is not registered here stays what structured clone made of it.
 */
export function receiveValue(payload: Payload): unknown {
  for (const part of payload.restore ?? []) restore(part);
  return payload.value;
}

function restore({ target, of, fields }: Restoration): void {
  const prototype = of === undefined ? undefined : prototypeNamed(of);
  if (prototype !== undefined) Object.setPrototypeOf(target, prototype);
  for (const [key, value] of Object.entries(fields ?? {})) {
    // Defined and not assigned: no setter of the class runs, and "__proto__" is a key like any other.
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  }
}

function prototypeNamed(name: string): object | undefined {
  if (name === 'AggregateError') return AggregateError.prototype;
  return classNamed(name)?.prototype as object | undefined;
}
