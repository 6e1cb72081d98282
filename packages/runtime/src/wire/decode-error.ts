import { errorMessage, errorName } from '../base/error-text.js';
import { builtinPrototype, DOM_EXCEPTION } from './builtin-errors.js';
import { DROPPED_KEYS, type WireGraph, type WireNode, type WireReference } from './error-message.js';
import { classNamed } from './register-class.js';
import { decodeStack, header } from './stack-text.js';

/**
 * Puts a payload together again from whatever arrived, in two rounds: first every object of the table, empty,
 * then what is in them, so that a reference always has something to refer to. What is malformed is left out.
 */
export function decodeGraph(data: object): unknown {
  const { root, nodes } = data as Parts;
  const rows = list(nodes).map((node) => {
    const parts = partsOf(node);
    return { parts, object: emptyObject(parts) };
  });
  const restore = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { node } = value as Parts;
    return typeof node === 'number' ? rows[node]?.object : undefined;
  };
  for (const { parts, object } of rows) fill(object, parts, restore);
  return restore(root);
}

/** Something that arrived: any of its parts may be missing, or be anything. */
type Parts = Readonly<Partial<Record<WireKey, unknown>>>;
type WireKey = keyof WireGraph | keyof WireReference | KeyOfEach<WireNode>;
type KeyOfEach<N> = N extends unknown ? keyof N : never;

function emptyObject(node: Parts): unknown {
  switch (node.kind) {
    case 'error':
      return emptyError(node);
    case 'object':
      return Object.create(prototypeOf(node) ?? Object.prototype);
    case 'array':
      return [];
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'leaf':
      return node.value;
    default:
      return undefined;
  }
}

function emptyError(node: Parts): object {
  // Only its constructor can make one, since name, message and code are private to it.
  if (node.base === DOM_EXCEPTION) return new DOMException(text(node.message), text(node.name));
  const prototype = prototypeOf(node) ?? builtinPrototype(text(node.base));
  if (node.native !== true) return Object.create(prototype) as object;
  return Object.setPrototypeOf(errorWithoutStack(), prototype) as object;
}

function fill(target: unknown, node: Parts, restore: (value: unknown) => unknown): void {
  switch (node.kind) {
    case 'error':
      fillProperties(target as object, node, restore);
      fillTexts(target as object, node);
      return;
    case 'object':
      fillProperties(target as object, node, restore);
      return;
    case 'array':
      for (const item of list(node.items)) (target as unknown[]).push(restore(item));
      return;
    case 'set':
      for (const item of list(node.items)) (target as Set<unknown>).add(restore(item));
      return;
    case 'map':
      for (const entry of list(node.entries)) {
        const [key, value] = list(entry);
        (target as Map<unknown, unknown>).set(restore(key), restore(value));
      }
      return;
  }
}

function fillProperties(target: object, node: Parts, restore: (value: unknown) => unknown): void {
  for (const property of list(node.properties)) {
    const [key, value, enumerable] = list(property);
    if (typeof key !== 'string' || DROPPED_KEYS.has(key)) continue;
    define(target, key, restore(value), enumerable === true);
  }
}

function fillTexts(error: object, node: Parts): void {
  const shown = list(node.shown);
  const name = text(node.name);
  const message = text(node.message);
  if (errorName(error) !== name || shown.includes('name'))
    define(error, 'name', name, shown.includes('name'));
  if (errorMessage(error) !== message || shown.includes('message')) {
    define(error, 'message', message, shown.includes('message'));
  }
  // A new error has the stack of this place here, which is the wrong one.
  const stack =
    decodeStack(node.stack, message) ?? (node.native === true ? header(name, message) : undefined);
  if (stack !== undefined) define(error, 'stack', stack, shown.includes('stack'));
}

/** Defined and not assigned: no setter runs, and a key that a class also has becomes an own property. */
function define(target: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}

function errorWithoutStack(): Error {
  const { stackTraceLimit } = Error;
  // Where the built-ins are frozen this answers false, and a stack is captured in vain.
  const quiet = Reflect.set(Error, 'stackTraceLimit', 0);
  const error = new Error();
  if (quiet) Error.stackTraceLimit = stackTraceLimit;
  // Defining a stack over this one would format this one first, which a program may have made to throw.
  Reflect.deleteProperty(error, 'stack');
  return error;
}

function prototypeOf(node: Parts): object | undefined {
  const { class: name } = node;
  return typeof name === 'string' ? (classNamed(name)?.prototype as object | undefined) : undefined;
}

function partsOf(value: unknown): Parts {
  return typeof value === 'object' && value !== null ? (value as Parts) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
