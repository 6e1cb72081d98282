import { prototypesOf } from '../base/error-text.js';

/** The error classes that every isolate has: such a class crosses as its name. */

/** The name of the nearest built-in class that `error` inherits from. */
export function builtinBaseOf(error: object): string {
  if (Object.getOwnPropertyDescriptor(error, 'code')?.value === 'ERR_ASSERTION') return ASSERTION_ERROR;
  let foreign = 'Error';
  for (const prototype of prototypesOf(error)) {
    const known = names.get(prototype);
    if (known !== undefined && (known !== DOM_EXCEPTION || isDomException(error))) return known;
    // Another realm's TypeError.prototype is another object, but it says what it is.
    const name: unknown = Object.getOwnPropertyDescriptor(prototype, 'name')?.value;
    if (foreign === 'Error' && typeof name === 'string' && prototypes.has(name)) foreign = name;
  }
  return foreign;
}

/** The prototype of the built-in class with this name, `Error`'s when there is none. */
export function builtinPrototype(name: string): object {
  if (name === ASSERTION_ERROR) {
    // Loading it takes milliseconds that no other program should pay.
    return process.getBuiltinModule('node:assert').AssertionError.prototype;
  }
  return prototypes.get(name) ?? Error.prototype;
}

export const DOM_EXCEPTION = 'DOMException';
const ASSERTION_ERROR = 'AssertionError';

const prototypes = new Map<string, object>();
const names = new Map<object, string>();
for (const name of [
  'Error',
  'AggregateError',
  DOM_EXCEPTION,
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SuppressedError',
  'SyntaxError',
  'TypeError',
  'URIError',
]) {
  const builtin: unknown = Reflect.get(globalThis, name);
  // SuppressedError came with Node 24.
  if (typeof builtin !== 'function') continue;
  prototypes.set(name, builtin.prototype as object);
  names.set(builtin.prototype as object, name);
}

const domName = Object.getOwnPropertyDescriptor(DOMException.prototype, 'name')?.get;

/** Whether `error`, which inherits from `DOMException`, was also made by it. */
function isDomException(error: object): boolean {
  try {
    domName?.call(error);
    return true;
  } catch {
    return false;
  }
}
