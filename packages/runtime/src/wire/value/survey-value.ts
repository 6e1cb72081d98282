import { types } from 'node:util';
import { takeMark } from '../move.js';
import type { Restoration, Transferred } from '../payload.js';
import { isRefusal, refusal } from '../refusal.js';
import { nameOfPrototype } from '../register-class.js';
import { refusedText } from './refused-text.js';
import { kindOf, type ValueKind } from './value-kind.js';
import { type PathStep, pathText } from './value-path.js';

/**
 * Looks at a value and everything in it before it is sent, and refuses by name what would not arrive as it is.
 *
 * Structured clone refuses too late (in the middle of a batch, or on the far side of a finished task) and too
 * little: it drops methods, classes and symbol keys without a word. What it does well, keeping cycles and
 * shared references, is left to it: nothing is copied here but what has to arrive as something else.
 *
 * No code of the value's runs: accessors are refused and proxies are never asked. The walk is a queue, so
 * depth does not matter. Rejected: encoding everything into a form of our own (four times as slow as the
 * clone itself, for what is nearly always plain data).
 *
 * The exception, so that long arrays stay cheap: of an array of more than 256 elements only the elements are
 * looked at, by reading them. An accessor among them is called, and a named property of such an array is
 * seen by structured clone alone.
 */
export interface Survey {
  /** Every object that holds others, with what it is. */
  readonly objects: readonly object[];
  readonly kinds: readonly ValueKind[];
  readonly restore: readonly Restoration[];
  readonly transfer: readonly Transferred[];
  /** What must be sent in place of what, by identity. */
  readonly replace: ReadonlyMap<object, object>;
}

/**
 * Surveys `value`, which the message calls `root` (`args`, `result`).
 *
 * @throws {TypeError} `ERR_NOT_SENDABLE`, naming the path of the first part that cannot cross.
 */
export function surveyValue(value: unknown, root: string, prefix: string): Survey {
  const walk = new Walk(root, prefix);
  try {
    walk.start(value);
  } catch (error) {
    if (isRefusal(error)) throw error;
    throw refusal('ERR_NOT_SENDABLE', `${prefix}${root}: reading this value failed.`, { cause: error });
  }
  return walk;
}

const LONG_ARRAY = 256;
/** V8 keeps an array that is longer, or that could not be, as a table of the elements it has. */
const LONGEST_DENSE_ARRAY = 2 ** 25;

class Walk implements Survey {
  readonly restore: Restoration[] = [];
  readonly replace = new Map<object, object>();
  readonly #transfer = new Set<Transferred>();
  readonly #root: string;
  readonly #prefix: string;
  // One entry for each object found: parallel arrays, since most values are many small objects.
  readonly objects: object[] = [];
  readonly kinds: ValueKind[] = [];
  readonly #parents: number[] = [];
  readonly #steps: PathStep[] = [];
  readonly #moving: boolean[] = [];
  readonly #seen = new Set<object>();
  readonly #seenMoving = new Set<object>();

  constructor(root: string, prefix: string) {
    this.#root = root;
    this.#prefix = prefix;
  }

  get transfer(): readonly Transferred[] {
    return [...this.#transfer];
  }

  start(value: unknown): void {
    this.#visit(value, -1, '', false);
    for (let at = 0; at < this.objects.length; at++) this.#expand(at);
  }

  #visit(value: unknown, parent: number, step: PathStep, moving: boolean): void {
    if (typeof value === 'function' || typeof value === 'symbol') this.#refuse(value, parent, step);
    if (typeof value === 'object' && value !== null) this.#find(value, parent, step, moving);
  }

  #find(value: object, parent: number, step: PathStep, inherited: boolean): void {
    const moving = takeMark(value) || inherited;
    if (this.#seen.has(value) && (!moving || this.#seenMoving.has(value))) return;
    this.#seen.add(value);
    if (moving) this.#seenMoving.add(value);
    const kind = kindOf(value);
    switch (kind) {
      case 'refused':
        return this.#refuse(value, parent, step);
      case 'whole':
        return;
      case 'transfer-only':
        if (!moving) this.#refuse(value, parent, step);
        this.#transfer.add(value as Transferred);
        return;
      case 'memory':
        return this.#memory(value as ArrayBuffer, value, parent, step, moving);
      case 'view':
        return this.#memory((value as ArrayBufferView).buffer, value, parent, step, moving);
      case 'buffer':
        return this.#buffer(value as Buffer, parent, step, moving);
      case 'plain':
      case 'array':
      case 'map':
      case 'set':
      case 'error':
        break;
      case 'instance':
        this.restore.push({ target: value, of: className(value) });
    }
    this.objects.push(value);
    this.kinds.push(kind);
    this.#parents.push(parent);
    this.#steps.push(step);
    this.#moving.push(moving);
  }

  #expand(at: number): void {
    const value = this.objects[at]!;
    switch (this.kinds[at]!) {
      case 'array':
        return this.#elements(value as unknown[], at);
      case 'map':
        return this.#entries(value as Map<unknown, unknown>, at);
      case 'set':
        return this.#members(value as Set<unknown>, at);
      case 'error':
        return this.#error(value as Error, at);
      default:
        return this.#properties(value, Object.keys(value), at);
    }
  }

  #properties(value: object, keys: readonly string[], at: number): void {
    for (const key of keys) this.#property(value, key, at);
    this.#symbols(value, at);
  }

  #property(value: object, key: string | number, at: number): unknown {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined) return undefined;
    if (!('value' in property)) this.#refuseAccessor(at, key);
    this.#visit(property.value, at, key, this.#moving[at]!);
    return property.value;
  }

  /** A clone would leave these out. Hidden ones are a class's or a library's own business. */
  #symbols(value: object, at: number): void {
    for (const key of Object.getOwnPropertySymbols(value)) {
      if (!Object.prototype.propertyIsEnumerable.call(value, key)) continue;
      throw this.#refusal(this.#path(at, key), 'a symbol as a key cannot cross to another thread');
    }
  }

  #elements(array: readonly unknown[], at: number): void {
    const name = className(array);
    if (name !== undefined) this.restore.push({ target: array, of: name });
    if (array.length <= LONG_ARRAY || array.length > LONGEST_DENSE_ARRAY) {
      return this.#properties(array, Object.keys(array), at);
    }
    const moving = this.#moving[at]!;
    for (let index = 0; index < array.length; index++) {
      const element = array[index];
      const type = typeof element;
      if (type === 'object' || type === 'function' || type === 'symbol')
        this.#visit(element, at, index, moving);
    }
  }

  #entries(map: ReadonlyMap<unknown, unknown>, at: number): void {
    let index = 0;
    for (const [key, value] of mapEntries.call(map)) {
      this.#visit(key, at, { call: 'keys', index: index++ }, this.#moving[at]!);
      this.#visit(value, at, { call: 'get', key }, this.#moving[at]!);
    }
    this.#beside(map, at, []);
  }

  #members(set: ReadonlySet<unknown>, at: number): void {
    let index = 0;
    for (const value of setValues.call(set)) {
      this.#visit(value, at, { call: 'values', index: index++ }, this.#moving[at]!);
    }
    this.#beside(set, at, []);
  }

  #error(error: Error, at: number): void {
    this.#property(error, 'message', at);
    this.#property(error, 'cause', at);
    this.#beside(error, at, ['stack', 'message', 'cause']);
  }

  /** Of an error and a collection a clone keeps what makes it one; its own properties go beside it. */
  #beside(value: object, at: number, kept: readonly string[]): void {
    const fields: Record<string, unknown> = {};
    for (const key of Object.getOwnPropertyNames(value)) {
      if (!kept.includes(key)) define(fields, key, this.#property(value, key, at));
    }
    this.#symbols(value, at);
    const of = className(value);
    if (of !== undefined || Object.keys(fields).length > 0) this.restore.push({ target: value, of, fields });
  }

  #memory(memory: ArrayBufferLike, holder: object, parent: number, step: PathStep, moving: boolean): void {
    if (types.isSharedArrayBuffer(memory)) return;
    if (isDetached(memory)) this.#refuse(holder, parent, step, 'its memory was moved away before');
    if (moving) this.#transfer.add(memory);
  }

  /** Never the pool that a `Buffer` is cut from: that would send 8 KiB of other people's bytes. */
  #buffer(buffer: Buffer, parent: number, step: PathStep, moving: boolean): void {
    const memory = buffer.buffer;
    if (types.isSharedArrayBuffer(memory) || buffer.byteLength === memory.byteLength) {
      return this.#memory(memory, buffer, parent, step, moving);
    }
    const copy = new Uint8Array(buffer);
    this.replace.set(buffer, copy);
    if (moving) this.#transfer.add(copy.buffer);
  }

  #refuse(value: object | symbol, parent: number, step: PathStep, why?: string): never {
    throw this.#refusal(this.#path(parent, step), refusedText(value, why));
  }

  #refuseAccessor(at: number, step: PathStep): never {
    throw this.#refusal(this.#path(at, step), 'an accessor is not called and cannot cross to another thread');
  }

  #refusal(path: string, text: string): TypeError {
    return refusal('ERR_NOT_SENDABLE', `${this.#prefix}${path}: ${text}.`);
  }

  #path(parent: number, last: PathStep): string {
    const steps: PathStep[] = parent < 0 ? [] : [last];
    for (let at = parent; at >= 0; at = this.#parents[at]!)
      if (this.#parents[at]! >= 0) steps.push(this.#steps[at]!);
    return pathText(this.#root, steps.reverse());
  }
}

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

function className(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as object;
  return prototype === AggregateError.prototype ? 'AggregateError' : nameOfPrototype(prototype);
}

/** Defined and not assigned, so that "__proto__" is a key like any other. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
}

/** `ArrayBuffer.prototype.detached` is younger than the oldest Node we run on. */
function isDetached(memory: ArrayBuffer): boolean {
  if (memory.byteLength > 0) return false;
  try {
    new Uint8Array(memory);
    return false;
  } catch {
    return true;
  }
}
