/**
 * What a panic's payload is while it crosses from one thread to another: plain data and nothing else.
 *
 * A payload that structured clone carries faithfully goes as it is. Anything else becomes a table of nodes;
 * what is an object in the payload is a row, and a reference to it is the row's number, so that cycles and
 * shared parts survive and neither side needs recursion.
 */

/** A payload, ready for `postMessage`. */
export type WireThrown = WirePlain | WireGraph;

/** A payload without errors, accessors, functions or classes: the clone on the other side is the same. */
export interface WirePlain {
  readonly kind: 'plain';
  readonly value: unknown;
}

/** A payload that was taken apart. */
export interface WireGraph {
  readonly kind: 'graph';
  readonly root: WireValue;
  readonly nodes: readonly WireNode[];
}

/** A primitive, or which row of the table it is. */
export type WireValue = string | number | bigint | boolean | null | undefined | WireReference;

export interface WireReference {
  readonly node: number;
}

/** One object of the payload. */
export type WireNode = WireError | WireObject | WireArray | WireMap | WireSet | WireLeaf;

/** An error; `DOMException` too. */
export interface WireError {
  readonly kind: 'error';
  /** The nearest built-in class that it inherits from. */
  readonly base: string;
  /** The nearest registered class that it inherits from. */
  readonly class: string | undefined;
  /** Whether the engine made it, or it only inherits from `Error`. */
  readonly native: boolean;
  readonly name: string;
  readonly message: string;
  /** A pair is what stands before and after the message, which is not sent twice. */
  readonly stack: string | readonly [before: string, after: string] | undefined;
  /** Which of name, message and stack were enumerable. */
  readonly shown: readonly string[];
  readonly properties: readonly WireProperty[];
}

/** An object with a plain or a registered class. */
export interface WireObject {
  readonly kind: 'object';
  readonly class: string | undefined;
  readonly properties: readonly WireProperty[];
}

export type WireProperty = readonly [key: string, value: WireValue, enumerable: boolean];

export interface WireArray {
  readonly kind: 'array';
  readonly items: readonly WireValue[];
}

export interface WireMap {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: WireValue, value: WireValue])[];
}

export interface WireSet {
  readonly kind: 'set';
  readonly items: readonly WireValue[];
}

/** What structured clone carries by itself: a date, a regular expression, bytes. */
export interface WireLeaf {
  readonly kind: 'leaf';
  readonly value: unknown;
}

/** How much of a payload crosses. A panic is a report and not a way to send data. */
export const LIMITS = {
  /** Errors in a chain of causes, the first one not counted. */
  causes: 16,
  /** Errors of an aggregate, and items of any other array, map or set. */
  items: 64,
  /** Own properties of one object. */
  properties: 64,
  /** Properties and items of the whole payload. */
  values: 4_096,
  /** Text of the whole payload, in UTF-16 units: 64 KiB of what is mostly ASCII. */
  chars: 65_536,
  /** One buffer. */
  bytes: 65_536,
} as const;

/**
 * Names that are not carried in either direction: each would change what the restored object *is* to code
 * that only wants to print or return it. A promise would call `then`, a template literal `toString`.
 */
export const DROPPED_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
]);
