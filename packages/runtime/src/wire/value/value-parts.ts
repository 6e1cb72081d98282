import { isSimple } from './simple.js';
import type { ValueKind } from './value-kind.js';
import type { PathStep } from './value-path.js';

/** Who is shown the parts of an object, with the `owner` that was handed in. Throws to end the walk. */
export interface PartVisitor<Owner> {
  /** Only for parts that a clone could change or refuse: objects, functions and symbols. */
  part(value: unknown, owner: Owner, step: PathStep): void;
  /** Something that a clone would call or leave out. */
  odd(owner: Owner, step: PathStep, what: 'accessor' | 'symbol key'): never;
}

/** What is visited. */
export interface Visited {
  readonly value: object;
  readonly kind: ValueKind;
}

/** The own properties of an object that a clone would lose. */
export type LostFields = Readonly<Record<string, unknown>>;

/**
 * Shows a visitor everything that one object holds, without running any code of the object's own.
 *
 * Gives what a clone would lose of it and would not say: of an error it keeps message, stack and cause, of a
 * collection its entries.
 */
export function visitParts<Owner extends Visited>(
  owner: Owner,
  visitor: PartVisitor<Owner>,
): LostFields | undefined {
  const { value, kind } = owner;
  switch (kind) {
    case 'array':
      visitElements(value as unknown[], owner, visitor);
      return undefined;
    case 'map':
      visitEntries(value as Map<unknown, unknown>, owner, visitor);
      return visitFields(owner, NOTHING, visitor);
    case 'set':
      visitMembers(value as Set<unknown>, owner, visitor);
      return visitFields(owner, NOTHING, visitor);
    case 'error':
      for (const key of ['message', 'cause']) visitProperty(owner, key, visitor);
      return visitFields(owner, KEPT_OF_AN_ERROR, visitor);
    default:
      visitProperties(owner, visitor);
      return undefined;
  }
}

const LONG_ARRAY = 64;
/** Of a longer array V8 keeps a table of the elements that there are. */
const LONGEST_DENSE_ARRAY = 2 ** 25;
const NOTHING: readonly string[] = [];
const KEPT_OF_AN_ERROR: readonly string[] = ['stack', 'message', 'cause'];

function visitElements<Owner extends Visited>(
  array: readonly unknown[],
  owner: Owner,
  visitor: PartVisitor<Owner>,
): void {
  if (array.length <= LONG_ARRAY || array.length > LONGEST_DENSE_ARRAY) {
    visitProperties(owner, visitor);
    return;
  }
  for (let index = 0; index < array.length; index++) {
    const element = array[index];
    if (!isSimple(element)) visitor.part(element, owner, index);
  }
}

function visitEntries<Owner>(
  map: ReadonlyMap<unknown, unknown>,
  owner: Owner,
  visitor: PartVisitor<Owner>,
): void {
  let index = 0;
  for (const [key, value] of mapEntries.call(map)) {
    if (!isSimple(key)) visitor.part(key, owner, { call: 'keys', index });
    if (!isSimple(value)) visitor.part(value, owner, { call: 'get', key });
    index++;
  }
}

function visitMembers<Owner>(set: ReadonlySet<unknown>, owner: Owner, visitor: PartVisitor<Owner>): void {
  let index = 0;
  for (const value of setValues.call(set)) {
    if (!isSimple(value)) visitor.part(value, owner, { call: 'values', index });
    index++;
  }
}

function visitProperties<Owner extends Visited>(owner: Owner, visitor: PartVisitor<Owner>): void {
  for (const key of Object.keys(owner.value)) visitProperty(owner, key, visitor);
  visitSymbols(owner, visitor);
}

function visitFields<Owner extends Visited>(
  owner: Owner,
  kept: readonly string[],
  visitor: PartVisitor<Owner>,
): LostFields | undefined {
  const names = Object.getOwnPropertyNames(owner.value).filter((key) => !kept.includes(key));
  const fields: Record<string, unknown> = {};
  for (const key of names) define(fields, key, visitProperty(owner, key, visitor));
  visitSymbols(owner, visitor);
  return names.length > 0 ? fields : undefined;
}

function visitProperty<Owner extends Visited>(
  owner: Owner,
  key: string,
  visitor: PartVisitor<Owner>,
): unknown {
  const property = Object.getOwnPropertyDescriptor(owner.value, key);
  if (property === undefined) return undefined;
  if (property.get !== undefined || property.set !== undefined) visitor.odd(owner, key, 'accessor');
  const value: unknown = property.value;
  if (!isSimple(value)) visitor.part(value, owner, key);
  return value;
}

/** A clone leaves these out. Hidden ones are a class's or a library's own business. */
function visitSymbols<Owner extends Visited>(owner: Owner, visitor: PartVisitor<Owner>): void {
  for (const key of Object.getOwnPropertySymbols(owner.value)) {
    if (isEnumerable.call(owner.value, key)) visitor.odd(owner, key, 'symbol key');
  }
}

/** Defined and not assigned, so that "__proto__" is a key like any other. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
}

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const isEnumerable = Object.prototype.propertyIsEnumerable;
