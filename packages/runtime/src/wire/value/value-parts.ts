import type { ValueKind } from './value-kind.js';
import type { PathStep } from './value-path.js';

/** Who is shown the parts of an object. Both throw to end the walk. */
export interface PartVisitor {
  part(step: PathStep, value: unknown): void;
  /** Something that a clone would call or leave out. */
  odd(step: PathStep, what: 'accessor' | 'symbol key'): never;
}

/** The own properties of an object that a clone would lose. */
export type LostFields = Readonly<Record<string, unknown>>;

/**
 * Shows a visitor everything that one object holds, without running any code of the object's own.
 *
 * Gives what a clone would lose of it and would not say: of an error it keeps message, stack and cause, of a
 * collection its entries.
 */
export function visitParts(value: object, kind: ValueKind, visitor: PartVisitor): LostFields | undefined {
  switch (kind) {
    case 'array':
      visitElements(value as unknown[], visitor);
      return undefined;
    case 'map':
      visitEntries(value as Map<unknown, unknown>, visitor);
      return visitFields(value, NOTHING, visitor);
    case 'set':
      visitMembers(value as Set<unknown>, visitor);
      return visitFields(value, NOTHING, visitor);
    case 'error':
      return visitError(value as Error, visitor);
    default:
      visitProperties(value, visitor);
      return undefined;
  }
}

const LONG_ARRAY = 256;
/** Of a longer array V8 keeps a table of the elements that there are. */
const LONGEST_DENSE_ARRAY = 2 ** 25;
const NOTHING: readonly string[] = [];
const KEPT_OF_AN_ERROR: readonly string[] = ['stack', 'message', 'cause'];

function visitElements(array: readonly unknown[], visitor: PartVisitor): void {
  if (array.length <= LONG_ARRAY || array.length > LONGEST_DENSE_ARRAY) {
    visitProperties(array, visitor);
    return;
  }
  for (let index = 0; index < array.length; index++) {
    const element = array[index];
    const type = typeof element;
    if (type === 'object' || type === 'function' || type === 'symbol') visitor.part(index, element);
  }
}

function visitEntries(map: ReadonlyMap<unknown, unknown>, visitor: PartVisitor): void {
  let index = 0;
  for (const [key, value] of mapEntries.call(map)) {
    visitor.part({ call: 'keys', index: index++ }, key);
    visitor.part({ call: 'get', key }, value);
  }
}

function visitMembers(set: ReadonlySet<unknown>, visitor: PartVisitor): void {
  let index = 0;
  for (const value of setValues.call(set)) visitor.part({ call: 'values', index: index++ }, value);
}

function visitError(error: Error, visitor: PartVisitor): LostFields | undefined {
  for (const key of ['message', 'cause']) visitProperty(error, key, visitor);
  return visitFields(error, KEPT_OF_AN_ERROR, visitor);
}

function visitProperties(value: object, visitor: PartVisitor): void {
  for (const key of Object.keys(value)) visitProperty(value, key, visitor);
  visitSymbols(value, visitor);
}

function visitFields(value: object, kept: readonly string[], visitor: PartVisitor): LostFields | undefined {
  const fields: Record<string, unknown> = {};
  let lost = false;
  for (const key of Object.getOwnPropertyNames(value)) {
    if (kept.includes(key)) continue;
    lost = true;
    define(fields, key, visitProperty(value, key, visitor));
  }
  visitSymbols(value, visitor);
  return lost ? fields : undefined;
}

function visitProperty(value: object, key: string, visitor: PartVisitor): unknown {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property === undefined) return undefined;
  if (!('value' in property)) visitor.odd(key, 'accessor');
  visitor.part(key, property.value);
  return property.value;
}

/** A clone leaves these out. Hidden ones are a class's or a library's own business. */
function visitSymbols(value: object, visitor: PartVisitor): void {
  for (const key of Object.getOwnPropertySymbols(value)) {
    if (isEnumerable.call(value, key)) visitor.odd(key, 'symbol key');
  }
}

/** Defined and not assigned, so that "__proto__" is a key like any other. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
}

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const isEnumerable = Object.prototype.propertyIsEnumerable;
