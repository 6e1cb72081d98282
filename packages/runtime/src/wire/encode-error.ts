import { types } from 'node:util';
import { errorMessage, errorName, isError } from '../base/error-text.js';
import { safeInspect } from '../base/safe-inspect.js';
import { builtinBaseOf } from './builtin-errors.js';
import {
  DROPPED_KEYS,
  LIMITS,
  type WireError,
  type WireGraph,
  type WireNode,
  type WireProperty,
  type WireValue,
} from './error-message.js';
import { leafCopy } from './plain-data.js';
import { registeredNameOf, type Shape, shapeOf } from './shape-of.js';
import { encodeStack } from './stack-text.js';
import { CUT_KEY, cutNote, isCutNote, TextBudget } from './text-budget.js';

/**
 * Takes a payload apart into a table of plain data, breadth first, so that what is near the error that was
 * thrown gets its place and its text before what is far away. See error-codec.ts for the rules.
 */
export function encodeGraph(thrown: unknown): WireGraph {
  return new Encoder().encode(thrown);
}

interface Waiting {
  readonly object: object;
  readonly shape: Shape;
  /** How many causes lead here from the first error of the chain. */
  readonly causes: number;
}

class Encoder {
  /** Grows while it is worked through; an object's place in it is its row. */
  readonly #waiting: Waiting[] = [];
  readonly #rows = new Map<object, number>();
  readonly #text = new TextBudget();
  #valuesLeft: number = LIMITS.values;

  encode(thrown: unknown): WireGraph {
    const root = this.#value(thrown);
    const nodes: WireNode[] = [];
    for (let row = 0; row < this.#waiting.length; row += 1) nodes.push(this.#node(this.#waiting[row]!));
    return { kind: 'graph', root, nodes };
  }

  #value(value: unknown, causes = 0): WireValue {
    this.#valuesLeft -= 1;
    switch (typeof value) {
      case 'string':
        return this.#text.cut(value);
      case 'function':
      case 'symbol':
        return this.#text.cut(safeInspect(value));
      case 'object':
        return value === null ? null : this.#reference(value, causes);
      case 'number':
      case 'bigint':
      case 'boolean':
      case 'undefined':
        return value;
    }
  }

  #reference(original: object, causes: number): WireValue {
    const known = this.#rows.get(original);
    if (known !== undefined) return { node: known };
    const shape = shapeOf(original);
    const object = shape === 'leaf' ? leafCopy(original, LIMITS.bytes) : original;
    if (shape === 'opaque' || object === undefined) return this.#text.cut(safeInspect(original));
    const row = this.#waiting.push({ object, shape, causes }) - 1;
    this.#rows.set(original, row);
    return { node: row };
  }

  #node({ object, shape, causes }: Waiting): WireNode {
    switch (shape) {
      case 'error':
        return this.#error(object, causes);
      case 'object':
        return { kind: 'object', class: registeredNameOf(object), properties: this.#properties(object) };
      case 'array':
        return { kind: 'array', items: this.#array(object as unknown[]) };
      case 'set':
        return { kind: 'set', items: this.#set([...Set.prototype.values.call(object)]) };
      case 'map':
        return { kind: 'map', entries: this.#map([...Map.prototype.entries.call(object)]) };
      case 'leaf':
      case 'opaque':
        return { kind: 'leaf', value: object };
    }
  }

  #error(error: object, causes: number): WireError {
    const name = errorName(error) ?? 'Error';
    const message = errorMessage(error) ?? oddMessage(error);
    const className = registeredNameOf(error);
    // Evaluated in this order, which is the order in which they get their share of the text.
    return {
      kind: 'error',
      base: builtinBaseOf(error),
      class: className,
      native: types.isNativeError(error),
      name: this.#text.cut(name),
      message: this.#text.cut(message),
      stack: encodeStack(error, name, message, className === undefined, this.#text),
      // A descriptor of the stack would format it, which a program may have made to throw.
      shown: TEXTS.filter((key) => Object.prototype.propertyIsEnumerable.call(error, key)),
      properties: this.#properties(error, causes),
    };
  }

  /** The own properties of an object; of an error, when `causes` is given, all but its texts. */
  #properties(object: object, causes?: number): WireProperty[] {
    const earlier: unknown = Object.getOwnPropertyDescriptor(object, CUT_KEY)?.value;
    const keys = Reflect.ownKeys(object).filter((key): key is string => {
      if (typeof key === 'symbol' || DROPPED_KEYS.has(key)) return false;
      return key === CUT_KEY ? !isCutNote(earlier) : causes === undefined || !TEXTS.includes(key);
    });
    const kept: WireProperty[] = [];
    for (const key of keys) {
      if (kept.length === LIMITS.properties || this.#valuesLeft === 0) break;
      if (!this.#text.takeWhole(key)) continue;
      const own = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor;
      kept.push([key, this.#property(key, own, causes), own.enumerable === true]);
    }
    const cut = keys.length - kept.length;
    const note = cut > 0 ? cutNote(cut, 'property', 'properties') : earlier;
    if (isCutNote(note)) kept.push([CUT_KEY, this.#text.cut(note), true]);
    return kept;
  }

  #property(key: string, own: PropertyDescriptor, causes: number | undefined): WireValue {
    if (!('value' in own)) return this.#value(accessorText(own));
    if (key !== 'cause' || causes === undefined || !isError(own.value)) return this.#value(own.value);
    if (causes < LIMITS.causes || this.#rows.has(own.value)) return this.#value(own.value, causes + 1);
    return this.#value(cutNote(this.#countCauses(own.value), 'cause', 'causes'));
  }

  /** How long the chain is that begins at `first`, up to where it meets what crosses, or itself. */
  #countCauses(first: object): number {
    const seen = new Set<object>();
    for (let at: unknown = first; isError(at) && !seen.has(at) && !this.#rows.has(at); ) {
      seen.add(at);
      at = Object.getOwnPropertyDescriptor(at, 'cause')?.value;
    }
    return seen.size;
  }

  #array(array: readonly unknown[]): WireValue[] {
    return this.#items(array.length, (at) => {
      const own = Object.getOwnPropertyDescriptor(array, at);
      return own === undefined || 'value' in own ? own?.value : accessorText(own);
    });
  }

  #items(count: number, itemAt: (at: number) => unknown): WireValue[] {
    const items: WireValue[] = [];
    while (items.length < Math.min(count, LIMITS.items) && this.#valuesLeft > 0) {
      items.push(this.#value(itemAt(items.length)));
    }
    if (items.length < count) items.push(this.#itemsNote(count - items.length, itemAt(items.length)));
    return items;
  }

  /** What crosses as its text may be equal to another item by then: such an item counts as cut. */
  #set(items: readonly unknown[]): WireValue[] {
    const kept = new Set<WireValue>();
    for (const item of items) {
      if (kept.size === LIMITS.items || this.#valuesLeft === 0) break;
      kept.add(this.#value(item));
    }
    const cut = items.length - kept.size;
    return cut > 0 ? [...kept, this.#itemsNote(cut, items.at(-1))] : [...kept];
  }

  #map(entries: readonly (readonly [unknown, unknown])[]): [WireValue, WireValue][] {
    const kept = new Map<WireValue, WireValue>();
    for (const [key, value] of entries) {
      if (kept.size === LIMITS.items || this.#valuesLeft < 2) break;
      const wireKey = this.#value(key);
      if (!kept.has(wireKey)) kept.set(wireKey, this.#value(value));
    }
    const cut = entries.length - kept.size;
    return cut > 0 ? [...kept, [this.#itemsNote(cut, entries.at(-1)?.[0]), undefined]] : [...kept];
  }

  /** Says how many items were cut, of which `next` is the first; one that is a note already stays as it is. */
  #itemsNote(count: number, next: unknown): string {
    if (count === 1 && isCutNote(next)) return this.#text.cut(next);
    const [one, many] = isError(next) ? ['error', 'errors'] : ['item', 'items'];
    return this.#text.cut(cutNote(count, one, many));
  }
}

const TEXTS = ['name', 'message', 'stack'];

/** A message that somebody set to something else than text. */
function oddMessage(error: object): string {
  const value: unknown = Object.getOwnPropertyDescriptor(error, 'message')?.value;
  return value === undefined ? '' : safeInspect(value);
}

function accessorText(own: PropertyDescriptor): string {
  if (own.get === undefined) return '[Setter]';
  return own.set === undefined ? '[Getter]' : '[Getter/Setter]';
}
