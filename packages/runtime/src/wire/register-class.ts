import { Err, Ok } from '../base/result.js';
import { safeInspect } from '../base/safe-inspect.js';

/**
 * The classes that both sides of a thread know, by name.
 *
 * Structured clone makes a plain object of any instance. A class that is registered on both sides, in a
 * module that both load, is restored: its prototype is put back on a new object and the own properties are
 * defined on it. No constructor runs, since a message must not be able to start code with arguments of its
 * choice, and private fields (`#x`) do not cross, since only a constructor can make them.
 *
 * It owns the names alone. Errors are taken apart and put together in error-codec.ts, and arguments and
 * results where jobs are encoded; both ask here, by prototype, so that an instance's own `constructor`
 * property is never believed.
 */

/** A class that can be registered: any class, with any constructor, abstract ones too. */
export type AnyClass = abstract new (...args: never[]) => object;

/**
 * Makes instances of `Class` cross threads as instances of it, in arguments, results and panics.
 *
 * Both sides must register the class, under the same name; registering the same pair again does nothing.
 * Subclasses are registered one by one.
 *
 * Throws a `TypeError` when `Class` is not a class of yours, has no name and is given none, or is registered
 * under another name, and when the name belongs to another class.
 *
 * @example
 * class NotFound extends Error {
 *   status = 404;
 * }
 * registerClass(NotFound);
 */
export function registerClass(Class: AnyClass, name: string = nameFor(Class)): void {
  const prototype = prototypeFor(Class);
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `registerClass: a class needs a name to be known by, got ${safeInspect(name, 100)}. Pass one: registerClass(Class, 'Name')`,
    );
  }
  const taken = classes.get(name);
  const known = names.get(prototype);
  if (taken === Class && known === name) return;
  if (taken !== undefined) {
    throw new TypeError(`registerClass: the name ${safeInspect(name, 100)} already belongs to another class`);
  }
  if (known !== undefined) {
    throw new TypeError(`registerClass: this class is already registered as ${safeInspect(known, 100)}`);
  }
  classes.set(name, Class);
  names.set(prototype, name);
}

/** The class registered under `name` on this side. */
export function classNamed(name: string): AnyClass | undefined {
  return classes.get(name);
}

/** The name under which the class with this prototype is registered on this side. */
export function nameOfPrototype(prototype: object): string | undefined {
  return names.get(prototype);
}

const classes = new Map<string, AnyClass>();
const names = new WeakMap<object, string>();

function nameFor(Class: unknown): string {
  const name: unknown =
    typeof Class === 'function' ? Object.getOwnPropertyDescriptor(Class, 'name')?.value : undefined;
  return typeof name === 'string' ? name : '';
}

function prototypeFor(Class: unknown): object {
  const prototype: unknown =
    typeof Class === 'function' ? Object.getOwnPropertyDescriptor(Class, 'prototype')?.value : undefined;
  // What is built in crosses by rules of its own, and a bound function has no prototype.
  if (typeof prototype !== 'object' || prototype === null || isNative(Class)) {
    throw new TypeError(`registerClass: expected a class of your own, got ${safeInspect(Class, 100)}`);
  }
  return prototype;
}

function isNative(fn: unknown): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(fn));
}

// A result crosses like any registered class. `Ok` is a class although it is called without `new`.
registerClass(Ok as unknown as AnyClass, 'heddle.Ok');
registerClass(Err as unknown as AnyClass, 'heddle.Err');
