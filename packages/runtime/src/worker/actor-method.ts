import { types } from 'node:util';
import { isGenerator } from '../base/generator.js';
import { printable } from '../base/printable.js';
import { isMethodName } from '../wire/actor/method-name.js';

/** A method, found but not called. */
type Method = (...args: readonly unknown[]) => unknown;

/**
 * Finds a method of an actor's object. Its own code does not run: an accessor is no method.
 *
 * Throws a `TypeError` when there is none of this name, or when it gives many values.
 */
export function methodOf(object: object, name: string, className: string): Method {
  const found = isMethodName(name) ? ownerOf(object, name) : undefined;
  const value: unknown =
    found === undefined ? undefined : Object.getOwnPropertyDescriptor(found, name)?.value;
  if (typeof value !== 'function') {
    throw new TypeError(`${className} has no method "${printable(name)}". It has ${listed(object)}.`);
  }
  if (types.isGeneratorFunction(value)) throw givesMany(`${className}.${name}`);
  return value as Method;
}

/** Throws a `TypeError` when a method gave a generator, which a function of another kind can do. */
export function refuseGenerator(given: unknown, caller: string): unknown {
  const many = isGenerator(given) || Object.prototype.toString.call(given) === '[object AsyncGenerator]';
  if (many) throw givesMany(caller);
  return given;
}

function givesMany(caller: string): TypeError {
  return new TypeError(
    `${caller}: a generator gives many values where a call gives one: take a proxy() to call with each, or return a channel instead.`,
  );
}

function ownerOf(object: object, name: string): object | undefined {
  return levels(object).find((level) => Object.hasOwn(level, name));
}

/** The object and what it inherits from, up to what every object does. */
function levels(object: object): object[] {
  const found: object[] = [];
  for (let at: object | null = object; at !== null && at !== Object.prototype; ) {
    found.push(at);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return found;
}

const MOST_LISTED = 20;

function listed(object: object): string {
  const names = new Set<string>();
  for (const level of levels(object)) {
    for (const [key, own] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (isMethodName(key) && typeof own.value === 'function') names.add(`"${key}"`);
    }
  }
  if (names.size === 0) return 'none';
  const some = [...names].slice(0, MOST_LISTED).join(', ');
  return names.size > MOST_LISTED ? `${some} and ${names.size - MOST_LISTED} more` : some;
}
