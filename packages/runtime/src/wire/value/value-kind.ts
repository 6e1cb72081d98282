import { types } from 'node:util';
import { movableOf } from '../movable-class.js';
import { nameOfPrototype } from '../register-class.js';

/**
 * What one object is to structured clone, told without running any code of the object's own.
 *
 * The prototype decides, not `instanceof` and not `constructor`: structured clone gives an object of an
 * unknown class as a plain one, so whatever is not known here is refused. What a prototype promises is
 * checked against what the object is inside, since a prototype can be set.
 */
export type ValueKind =
  | 'plain'
  | 'array'
  | 'map'
  | 'set'
  | 'error'
  /** Of a registered class. */
  | 'instance'
  /** Cloned whole, with nothing in it that we could look at. */
  | 'whole'
  | 'memory'
  | 'view'
  /** Node's `Buffer`, often a small part of a shared pool. */
  | 'buffer'
  /** Must be transferred, cannot be cloned: `MessagePort`, streams, `FileHandle`. */
  | 'transfer-only'
  /** Crosses by leaving: an end of a channel. */
  | 'movable'
  | 'refused';

/** Tells what `value` is; proxies, and all that a clone would change silently, are `refused`. */
export function kindOf(value: object): ValueKind {
  if (types.isProxy(value)) return 'refused';
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype) return types.isArgumentsObject(value) ? 'refused' : 'plain';
  if (types.isProxy(prototype)) return 'refused';
  if (prototype === null) return types.isModuleNamespaceObject(value) ? 'refused' : 'plain';
  const builtIn = builtIns.get(prototype) ?? foreignBuiltIn(prototype);
  if (builtIn !== undefined) return builtIn.is(value) ? builtIn.kind : 'refused';
  if (movableOf(prototype) !== undefined) return 'movable';
  if (nameOfPrototype(prototype) !== undefined) return registeredKind(value);
  return nodesOwn(value, prototype);
}

interface BuiltIn {
  readonly kind: ValueKind;
  /** Whether the object is inside what its prototype says. */
  is(value: object): boolean;
}

const builtIns = new Map<object, BuiltIn>([
  [Array.prototype, { kind: 'array', is: Array.isArray }],
  [Map.prototype, { kind: 'map', is: types.isMap }],
  [Set.prototype, { kind: 'set', is: types.isSet }],
  [Date.prototype, { kind: 'whole', is: types.isDate }],
  [RegExp.prototype, { kind: 'whole', is: types.isRegExp }],
  [Boolean.prototype, { kind: 'whole', is: types.isBooleanObject }],
  [Number.prototype, { kind: 'whole', is: types.isNumberObject }],
  [String.prototype, { kind: 'whole', is: types.isStringObject }],
  [BigInt.prototype, { kind: 'whole', is: types.isBigIntObject }],
  [ArrayBuffer.prototype, { kind: 'memory', is: types.isArrayBuffer }],
  [SharedArrayBuffer.prototype, { kind: 'whole', is: types.isSharedArrayBuffer }],
  [DataView.prototype, { kind: 'view', is: types.isDataView }],
  [Buffer.prototype, { kind: 'buffer', is: types.isUint8Array }],
  ...[
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array],
  ].map((Typed): [object, BuiltIn] => [Typed.prototype, { kind: 'view', is: types.isTypedArray }]),
  ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError].map(
    (Class): [object, BuiltIn] => [Class.prototype, { kind: 'error', is: types.isNativeError }],
  ),
]);

/** A test runner or `node:vm` brings a second set of built-ins, which clone like ours. */
function foreignBuiltIn(prototype: object): BuiltIn | undefined {
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof maker !== 'function' || !isNative(maker)) return undefined;
  const ours: unknown = Reflect.get(globalThis, maker.name);
  if (typeof ours !== 'function' || ours === maker) return undefined;
  if (ours === Object) return { kind: 'plain', is: (value) => !types.isArgumentsObject(value) };
  return builtIns.get(ours.prototype as object);
}

function isNative(fn: object): boolean {
  return !types.isProxy(fn) && /\{ \[native code\] \}$/.test(Function.prototype.toString.call(fn));
}

/** A registered class may extend a built-in one; what its objects are inside decides how they cross. */
function registeredKind(value: object): ValueKind {
  if (types.isNativeError(value)) return 'error';
  if (Array.isArray(value)) return 'array';
  if (types.isMap(value)) return 'map';
  if (types.isSet(value)) return 'set';
  return hasHiddenState(value) ? 'refused' : 'instance';
}

/** Whether there is more to an object than its properties, as in a class that extends `Promise` or `Date`. */
function hasHiddenState(value: object): boolean {
  return [
    ...[
      types.isDate,
      types.isRegExp,
      types.isPromise,
      types.isWeakMap,
      types.isWeakSet,
      types.isBoxedPrimitive,
    ],
    ...[types.isAnyArrayBuffer, types.isArrayBufferView, types.isGeneratorObject, types.isArgumentsObject],
  ].some((is) => is(value));
}

/**
 * Node's own objects say only to structured clone itself whether they can be cloned (`KeyObject`, `Blob`) or
 * must be transferred (`MessagePort`), and the list grows with Node. So they are tried, one by one: of two
 * `AbortSignal`s one can be transferred and the other cannot.
 *
 * Trying runs nothing of a program's: Node's own objects show no properties, and of those that do
 * (`FileHandle`) the class is known to be Node's.
 */
function nodesOwn(value: object, prototype: object): ValueKind {
  if (Object.keys(value).length > 0 && (!isNodesClass(prototype) || hasAccessor(value))) return 'refused';
  try {
    return Object.getPrototypeOf(structuredClone(value)) === prototype ? 'whole' : 'refused';
  } catch (error) {
    return /needs transfer/.test(String(error)) ? 'transfer-only' : 'refused';
  }
}

/** Whether a class, or one it inherits from, has the symbols by which Node transfers its own. */
function isNodesClass(prototype: object): boolean {
  for (let at: object | null = prototype; at !== null && !types.isProxy(at); ) {
    if (Object.getOwnPropertySymbols(at).some((key) => key.description?.startsWith('messaging_')))
      return true;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return false;
}

function hasAccessor(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(({ get }) => get !== undefined);
}
