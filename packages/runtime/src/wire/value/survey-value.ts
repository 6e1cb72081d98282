import { types } from 'node:util';
import { encodeThrown } from '../error-codec.js';
import { luggagePorts, movableOf } from '../movable-class.js';
import { takeMark } from '../move.js';
import type { Restoration, Transferred } from '../payload.js';
import { isRefusal, refusal } from '../refusal.js';
import { nameOfPrototype } from '../register-class.js';
import { holdsThrown } from '../thrown-fields.js';
import { isDetached, isPart, memoryOf } from './memory.js';
import { MOVED_BEFORE, refusedText, UNLESS_MOVED } from './refused-text.js';
import { kindOf, type ValueKind } from './value-kind.js';
import { type PartVisitor, visitParts } from './value-parts.js';
import { type PathStep, pathText } from './value-path.js';

/**
 * Looks at a value and everything in it before it is sent, and refuses by name what would not arrive as it is.
 *
 * Structured clone refuses too late (in the middle of a batch, or on the far side of a finished task) and too
 * little: it drops methods, classes and symbol keys without a word. What it does well, keeping cycles and
 * shared references, is left to it: nothing is copied here but what has to arrive as something else.
 *
 * No code of the value's runs: accessors are refused and proxies are never asked. The walk is a queue, so
 * depth does not matter. Rejected: encoding everything into a form of our own, which makes a copy of what is
 * nearly always plain data, and another one on the far side.
 *
 * The exceptions, so that long arrays stay cheap: of an array of more than 64 elements only the elements are
 * looked at, by reading them, so an accessor among them is called; and named properties of such an array, of
 * a typed array or of a Date are left to structured clone.
 */
export interface Survey {
  /** Every object that holds others. */
  readonly found: readonly Found[];
  readonly restore: readonly Restoration[];
  readonly transfer: ReadonlySet<Transferred>;
  /** What moves, by the object that leaves. */
  readonly leaving: readonly object[];
  /** What must be sent in place of what, by identity. */
  readonly replace: ReadonlyMap<object, object>;
}

/** An object that holds others, and how it was reached. */
export interface Found {
  readonly value: object;
  readonly kind: ValueKind;
  readonly parent: Found | undefined;
  readonly step: PathStep;
  /** Whether what can be transferred in it is to be. */
  readonly moving: boolean;
}

/**
 * Surveys `value`, which a refusal calls `root` (`args`, `result`), behind `prefix`.
 *
 * @throws {TypeError} `ERR_NOT_SENDABLE`, naming the path of the first part that cannot cross.
 */
export function surveyValue(value: unknown, root: string, prefix: string): Survey {
  const walk = new Walk(root, prefix);
  try {
    walk.part(value, undefined, '');
    for (let at = 0; at < walk.found.length; at++) walk.expand(walk.found[at]!);
  } catch (error) {
    if (isRefusal(error)) throw error;
    throw refusal('ERR_NOT_SENDABLE', `${prefix}${root}: reading this value failed.`, { cause: error });
  }
  return walk;
}

class Walk implements Survey, PartVisitor<Found> {
  readonly found: Found[] = [];
  readonly restore: Restoration[] = [];
  readonly transfer = new Set<Transferred>();
  readonly leaving: object[] = [];
  readonly replace = new Map<object, object>();
  readonly #root: string;
  readonly #prefix: string;
  readonly #seen = new Set<object>();
  /** What was reached through something moved, perhaps after it was seen otherwise. */
  readonly #seenMoving = new Set<object>();

  constructor(root: string, prefix: string) {
    this.#root = root;
    this.#prefix = prefix;
  }

  part(value: unknown, parent: Found | undefined, step: PathStep): void {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'function' || typeof value === 'symbol') this.#refuse(value, parent, step);
      return;
    }
    const moving = takeMark(value) || parent?.moving === true;
    if (this.#seenMoving.has(value) || (!moving && this.#seen.has(value))) return;
    (moving ? this.#seenMoving : this.#seen).add(value);
    this.#take(value, parent, step, moving);
  }

  odd(parent: Found, step: PathStep, what: keyof typeof ODD): never {
    return this.#throw(parent, step, ODD[what]);
  }

  expand(found: Found): void {
    const { value, kind } = found;
    const fields = visitParts<Found>(found, this);
    const of = kind === 'plain' ? undefined : className(value);
    if (of !== undefined || fields !== undefined) this.restore.push({ target: value, of, fields });
  }

  #take(value: object, parent: Found | undefined, step: PathStep, moving: boolean): void {
    const kind = kindOf(value);
    switch (kind) {
      case 'refused':
        this.#refuse(value, parent, step);
        return;
      case 'whole':
        return;
      case 'transfer-only':
        if (!moving) this.#refuse(value, parent, step, UNLESS_MOVED);
        this.transfer.add(value as Transferred);
        return;
      case 'movable':
        this.#movable(value, parent, step);
        return;
      case 'memory':
      case 'view':
      case 'buffer':
        this.#memory(value as ArrayBuffer | ArrayBufferView, kind, parent, step, moving);
        return;
      case 'instance':
        if (holdsThrown(Object.getPrototypeOf(value) as object)) this.#thrown(value);
        else this.found.push({ value, kind, parent, step, moving });
        return;
      case 'plain':
      case 'array':
      case 'map':
      case 'set':
      case 'error':
        this.found.push({ value, kind, parent, step, moving });
    }
  }

  /** Never the pool that a `Buffer` is cut from: that would send 8 KiB of other people's bytes. */
  #memory(
    value: ArrayBuffer | ArrayBufferView,
    kind: 'memory' | 'view' | 'buffer',
    parent: Found | undefined,
    step: PathStep,
    moving: boolean,
  ): void {
    let memory = kind === 'memory' ? (value as ArrayBuffer) : memoryOf(value as ArrayBufferView);
    if (types.isSharedArrayBuffer(memory)) return;
    if (isDetached(memory)) this.#refuse(value, parent, step, MOVED_BEFORE);
    if (kind === 'buffer' && isPart(value as Buffer)) {
      const copy = new Uint8Array(value as Buffer);
      this.replace.set(value, copy);
      memory = copy.buffer;
    }
    if (moving) this.transfer.add(memory);
  }

  #movable(value: object, parent: Found | undefined, step: PathStep): void {
    if (this.replace.has(value)) return;
    const movable = movableOf(Object.getPrototypeOf(value) as object)!;
    const luggage = movable.pack(value);
    if (typeof luggage === 'string') {
      this.#refuse(value, parent, step, luggage);
    }
    for (const port of luggage.ports) {
      this.transfer.add(port);
      luggagePorts.add(port);
    }
    this.replace.set(value, luggage.content);
    this.restore.push({ target: luggage.content, of: movable.name });
    this.leaving.push(value);
  }

  #thrown(value: object): void {
    const shell: Record<string, unknown> = {};
    const hidden: Record<string, unknown> = {};
    const thrown: Record<string, unknown> = {};
    for (const [key, { value: own, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      const isText = typeof own === 'string' || typeof own === 'number' || typeof own === 'boolean';
      if (isText) (enumerable === true ? shell : hidden)[key] = own;
      else thrown[key] = encodeThrown(own);
    }
    this.replace.set(value, shell);
    this.restore.push({ target: shell, of: className(value), fields: hidden, thrown });
  }

  #refuse(value: object | symbol, parent: Found | undefined, step: PathStep, because?: string): never {
    return this.#throw(parent, step, refusedText(value, because));
  }

  #throw(parent: Found | undefined, step: PathStep, text: string): never {
    const steps: PathStep[] = [];
    for (let at = { parent, step }; at.parent !== undefined; at = at.parent) steps.push(at.step);
    const path = pathText(this.#root, steps.reverse());
    throw refusal('ERR_NOT_SENDABLE', `${this.#prefix}${path}: ${text}.`);
  }
}

const ODD = {
  accessor: 'an accessor is not called and cannot cross to another thread',
  'symbol key': 'a symbol as a key cannot cross to another thread',
};

/** The name by which the far side finds the class again; clones know the built-in ones, but for one. */
function className(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return undefined;
  return prototype === AggregateError.prototype ? 'AggregateError' : nameOfPrototype(prototype);
}
