import type { MessagePort } from 'node:worker_threads';
import { expectTypeOf } from 'vitest';
import type { Result } from '../../../src/base/result.js';
import type { Suspension } from '../../../src/base/suspension.js';
import type { JoinError } from '../../../src/task/join-error.js';
import type { JoinHandle } from '../../../src/task/join-handle.js';
import type { CannotCrossThreads, SendCheck } from '../../../src/wire/send-check.js';
import type { TaskFn } from '../../../src/wire/task-fn.js';
import type { TaskRef } from '../../../src/wire/task-ref.js';

// A call signature that is declared as a method compares its parameters both ways: that is what makes a
// spawner that asks for more usable as one that does not.
interface AnySpawner {
  spawn<A extends unknown[], T>(fn: TaskFn<A, T>, ...args: A): JoinHandle<T>;
}
type Spawn = AnySpawner['spawn'];
type ThreadSpawn = <A extends unknown[], T>(fn: TaskFn<A, T> & SendCheck<A, T>, ...args: A) => JoinHandle<T>;

declare const spawn: Spawn;
declare const threadSpawn: ThreadSpawn;
/** A value of any type, so that a test can be about types alone. */
declare function a<T>(): T;

type Accepts<A extends unknown[], T = void> = SendCheck<A, T>;

// A thread spawner can be used where code is generic over spawners, and the other way round.
expectTypeOf(threadSpawn).toExtend<Spawn>();
expectTypeOf(spawn).toExtend<ThreadSpawn>();

// The result of a plain, an async and a generator function, and of a reference, is what its task gives.
expectTypeOf(threadSpawn((n: number) => n, 1)).toEqualTypeOf<JoinHandle<number>>();
expectTypeOf(threadSpawn(async (n: number) => `${n}`, 1)).toEqualTypeOf<JoinHandle<string>>();
expectTypeOf(
  threadSpawn(function* (n: number): Generator<Suspension, Date, unknown> {
    return new Date(n);
  }, 1),
).toEqualTypeOf<JoinHandle<Date>>();
expectTypeOf(threadSpawn(a<TaskRef<(n: number) => Promise<string>>>(), 1)).toEqualTypeOf<
  JoinHandle<string>
>();

// The arguments give the parameters their types.
expectTypeOf(threadSpawn((text) => text.length, 'abc')).toEqualTypeOf<JoinHandle<number>>();

// @ts-expect-error An argument of another type is refused.
threadSpawn((n: number) => n, 'one');
// @ts-expect-error An argument of another type is refused for a reference.
threadSpawn(a<TaskRef<(n: number) => Promise<string>>>(), 'one');
// @ts-expect-error A missing argument is refused.
threadSpawn((n: number) => n);

// A handle that a function returns is joined.
expectTypeOf(threadSpawn(() => a<JoinHandle<number>>())).toEqualTypeOf<
  JoinHandle<Result<number, JoinError>>
>();

// Functions are refused, as an argument, inside one and as a result.
expectTypeOf<Accepts<[() => void]>>().toEqualTypeOf<CannotCrossThreads<'args[0]: function'>>();
expectTypeOf<Accepts<[1, { onDone: () => void }]>>().toEqualTypeOf<
  CannotCrossThreads<'args[1].onDone: function'>
>();
expectTypeOf<Accepts<[{ onDone?: () => void }]>>().toEqualTypeOf<
  CannotCrossThreads<'args[0].onDone: function'>
>();
expectTypeOf<Accepts<[], { onDone(): void }>>().toEqualTypeOf<
  CannotCrossThreads<'result.onDone: function'>
>();
// @ts-expect-error A function is refused.
threadSpawn((callback: () => void) => callback(), a<() => void>());
// @ts-expect-error A function as a result is refused.
threadSpawn(() => () => 1);
// @ts-expect-error A class is a function.
threadSpawn((Class: typeof Date) => new Class(), Date);

// Symbols, promises and weak collections are refused.
expectTypeOf<Accepts<[symbol]>>().toEqualTypeOf<CannotCrossThreads<'args[0]: symbol'>>();
expectTypeOf<Accepts<[Promise<number>]>>().toEqualTypeOf<CannotCrossThreads<'args[0]: promise'>>();
expectTypeOf<Accepts<[{ all: Promise<number>[] }]>>().toEqualTypeOf<
  CannotCrossThreads<'args[0].all[number]: promise'>
>();
// @ts-expect-error A WeakMap is refused.
threadSpawn((map: WeakMap<object, number>) => map, new WeakMap());
// @ts-expect-error A property under a symbol is refused.
threadSpawn((tagged: { [Symbol.toStringTag]: string }) => tagged, a<{ [Symbol.toStringTag]: string }>());

// Any object type with a method is refused, however deep, in a collection and in a recursive type too.
// @ts-expect-error A URL has methods.
threadSpawn((url: URL) => url.href, a<URL>());
// @ts-expect-error A class with methods is refused.
threadSpawn((counter: Counter) => counter.next(), a<Counter>());
// @ts-expect-error A generator is refused.
threadSpawn((generator: Generator<number>) => generator, a<Generator<number>>());
expectTypeOf<Accepts<[Map<string, () => void>]>>().toEqualTypeOf<
  CannotCrossThreads<'args[0].get(): function'>
>();
expectTypeOf<Accepts<[Set<{ f(): void }>]>>().toEqualTypeOf<
  CannotCrossThreads<'args[0].values().f: function'>
>();
// @ts-expect-error A recursive type with a method is refused.
threadSpawn((tree: TreeWithMethod) => tree.value, a<TreeWithMethod>());
// @ts-expect-error An error with a method is refused.
threadSpawn((error: ErrorWithMethod) => error.code, a<ErrorWithMethod>());

// Interfaces, arrays, tuples, optional and read-only properties are accepted.
expectTypeOf<
  Accepts<[Point, Point[], readonly [Point, Point?], { readonly at?: Point }], Point>
>().toBeUnknown();
// Primitives are accepted, branded ones too.
expectTypeOf<
  Accepts<[string, number, bigint, boolean, null, undefined, number & { readonly brand: unique symbol }]>
>().toBeUnknown();
// Map, Set, Date, RegExp and errors are accepted.
expectTypeOf<
  Accepts<[Map<string, Point>, ReadonlySet<Date>, RegExp, Error, TypeError, AggregateError, ErrorWithCode]>
>().toBeUnknown();
// Buffers and typed arrays are accepted, shared ones too.
expectTypeOf<
  Accepts<[ArrayBuffer, SharedArrayBuffer, DataView, Uint8Array, Float64Array, BigInt64Array, Buffer]>
>().toBeUnknown();
// What can be transferred is accepted.
expectTypeOf<Accepts<[MessagePort, { port: MessagePort }]>>().toBeUnknown();
// `any` and `unknown` are accepted, at any depth.
// biome-ignore lint/suspicious/noExplicitAny: it is what this test is about.
expectTypeOf<Accepts<[any, unknown, { x: any; y: unknown }, unknown[]], any>>().toBeUnknown();
// A recursive JSON type and a recursive interface are accepted.
expectTypeOf<Accepts<[Json], Json>>().toBeUnknown();
expectTypeOf<Accepts<[Tree], Tree[]>>().toBeUnknown();
expectTypeOf(threadSpawn((json: Json) => json, { a: [1, { b: null }] })).toEqualTypeOf<JoinHandle<Json>>();
// Results and join errors cross, when what they hold does.
expectTypeOf<Accepts<[Result<Point, string>], Result<number, JoinError>>>().toBeUnknown();
expectTypeOf<Accepts<[], Result<() => void, string>>>().not.toBeUnknown();
// A class with methods crosses once the program has said that it is registered.
expectTypeOf<Accepts<[Registered], Registered[]>>().toBeUnknown();
// No result, and a function that never returns, are accepted.
expectTypeOf<Accepts<[], void>>().toBeUnknown();
expectTypeOf<Accepts<[], never>>().toBeUnknown();

interface Point {
  x: number;
  y: number;
}
interface Counter {
  next(): number;
}
interface Tree {
  left?: Tree;
  children: Tree[];
  byName: Map<string, Tree>;
}
interface TreeWithMethod {
  left?: TreeWithMethod;
  value: number;
  walk(): void;
}
interface ErrorWithCode extends Error {
  code: string;
}
interface ErrorWithMethod extends ErrorWithCode {
  retry(): void;
}
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

declare class Registered {
  readonly registered: true;
  run(): void;
}
declare module '../../../src/wire/send-check.js' {
  interface RegisteredClasses {
    Registered: Registered;
  }
}
