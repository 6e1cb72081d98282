import type { Blob } from 'node:buffer';
import type { KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ReadableStream, TransformStream, WritableStream } from 'node:stream/web';
import type { MessagePort } from 'node:worker_threads';
import type { Thread } from './thread.js';

/**
 * What the type checker says about a call that crosses to another thread: `unknown` where its arguments and
 * its result can, and otherwise a type that no function has and whose text names the first thing that cannot.
 *
 * It stands on the function parameter of a spawner and never on the rest parameter, or the checker could not
 * infer the arguments and no thread spawner would be usable where any spawner is. For that, the general
 * spawner's type must come from a method (`interface AnySpawner { spawn<A, T>(…): … }`, then
 * `AnySpawner['spawn']`), whose parameters the checker compares both ways; from a bare call signature it
 * compares them one way, and cannot know that an undecided check will hold.
 *
 * It cannot see classes, since a class without methods is the same type as an interface. That is the
 * run-time check's business (`send-value.ts`), which looks at prototypes.
 *
 * @example
 * interface ThreadSpawn {
 *   <A extends unknown[], T>(fn: TaskFn<A, T> & SendCheck<A, T>, ...args: A): JoinHandle<T>;
 * }
 */
export type SendCheck<A extends unknown[], T> = [A] extends [Sendable<A>]
  ? [T] extends [Sendable<T>]
    ? unknown
    : CannotCrossThreads<Reason<T, 'result', []>>
  : CannotCrossThreads<Reason<A, 'args', []>>;

/** The same for what is sent through a channel, of which only the type is known when it is made. */
export type ItemCheck<T> = [T] extends [Sendable<T>] ? unknown : CannotCrossThreads<Reason<T, 'value', []>>;

/** Nothing has this type. `What` is a path and what is there: `args[0].onDone: function`. */
export interface CannotCrossThreads<What> {
  readonly [refused]: What;
}

declare const refused: unique symbol;

/**
 * The classes with methods that this program has registered with `registerClass`, for the type checker.
 *
 * A program adds its own, under any name.
 *
 * @example
 * declare module '@heddle/runtime' {
 *   interface RegisteredClasses { Point: Point }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: a program adds to it.
export interface RegisteredClasses {}

/**
 * `T` with everything replaced by `never` that cannot cross: what can is assignable to it.
 *
 * Objects are mapped and arrays referred to, both of which the checker does lazily, so that recursive types
 * (a tree, JSON) end.
 */
export type Sendable<T> = unknown extends T
  ? T
  : T extends Primitive | Whole | RegisteredClasses[keyof RegisteredClasses] | JoinErrorShape | EndShape
    ? T
    : T extends symbol | AnyFunction
      ? never
      : T extends OkShape<infer V>
        ? OkShape<Sendable<V>>
        : T extends ErrShape<infer E>
          ? ErrShape<Sendable<E>>
          : T extends ReadonlyMap<infer K, infer V>
            ? ReadonlyMap<Sendable<K>, Sendable<V>>
            : T extends ReadonlySet<infer V>
              ? ReadonlySet<Sendable<V>>
              : T extends readonly unknown[]
                ? SendableArray<T>
                : T extends Error
                  ? Error & SendableFields<Omit<T, keyof Error>>
                  : SendableFields<T>;

type SendableArray<T extends readonly unknown[]> = number extends T['length']
  ? readonly Sendable<T[number]>[]
  : { readonly [K in keyof T]: Sendable<T[K]> };

type SendableFields<T> = { readonly [K in keyof T]: K extends symbol ? never : Sendable<T[K]> };

type Primitive = string | number | bigint | boolean | null | undefined | void;

type AnyFunction = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

/** What crosses as it is, though it has methods: the language's own, then Node's, then ours. */
type Whole =
  | (Date | RegExp | ArrayBuffer | SharedArrayBuffer | DataView)
  | (Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array)
  | (Float32Array | Float64Array | BigInt64Array | BigUint64Array)
  | (MessagePort | FileHandle | ReadableStream | WritableStream | TransformStream)
  | (Blob | KeyObject | webcrypto.CryptoKey | X509Certificate)
  | Thread;

/** The two sides of a `Result`, whose methods are put back. */
interface OkShape<V> {
  readonly ok: true;
  readonly value: V;
  unwrapOr(fallback: never): unknown;
}
interface ErrShape<E> {
  readonly ok: false;
  readonly error: E;
  unwrapOr(fallback: never): unknown;
}

/** `JoinError`, by its shape: its class lives where threads are not known. */
interface JoinErrorShape {
  readonly name: 'JoinError';
  readonly message: string;
  intoPanic(): unknown;
}

/** An end of a `thread.channel`, whose class is on a floor above. What goes through it was checked when it was made. */
interface EndShape {
  readonly [Symbol.toStringTag]: 'ThreadSender' | 'ThreadReceiver';
  close(): void;
}

/** Names what is in the way, as far down as is readable. */
type Reason<T, Path extends string, Depth extends 0[]> = [T] extends [Sendable<T>]
  ? never
  : Depth['length'] extends 6
    ? `${Path}: too deep to name`
    : T extends AnyFunction
      ? `${Path}: function`
      : T extends symbol
        ? `${Path}: symbol`
        : T extends PromiseLike<unknown>
          ? `${Path}: promise`
          : T extends ReadonlyMap<infer K, infer V>
            ? Reason<K, `${Path}.keys()`, [...Depth, 0]> | Reason<V, `${Path}.get()`, [...Depth, 0]>
            : T extends ReadonlySet<infer V>
              ? Reason<V, `${Path}.values()`, [...Depth, 0]>
              : T extends readonly unknown[]
                ? ReasonInArray<T, Path, [...Depth, 0]>
                : { [K in keyof T]-?: Reason<T[K], `${Path}.${KeyText<K>}`, [...Depth, 0]> }[keyof T];

type ReasonInArray<
  T extends readonly unknown[],
  Path extends string,
  Depth extends 0[],
> = number extends T['length']
  ? Reason<T[number], `${Path}[number]`, Depth>
  : { [K in keyof T & `${number}`]: Reason<T[K], `${Path}[${K}]`, Depth> }[keyof T & `${number}`];

type KeyText<K> = K extends string | number ? `${K}` : '[symbol]';
