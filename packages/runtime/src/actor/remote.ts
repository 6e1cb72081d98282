import { inspect } from 'node:util';
import { isMethodName, type NoMethodName } from '../wire/actor/method-name.js';
import type { Proxied } from '../wire/actor/proxied.js';
import type { SendCheck } from '../wire/send-check.js';

/**
 * The methods of an object that lives on another thread: each gives a promise.
 *
 * One whose arguments or result cannot cross has a type that cannot be called, and names why. Fields, symbols,
 * and the names that every object has (`toString`, `constructor` …) are not there; nor is `then`, so that a
 * remote is never taken for a promise.
 */
export type Remote<O> = {
  readonly [K in keyof O as K extends NoMethodName | symbol | number
    ? never
    : O[K] extends AnyFunction
      ? K
      : never]: RemoteMethod<O[K]>;
};

type RemoteMethod<F> = F extends (...args: infer A) => infer R
  ? unknown extends ActorCheck<A, Awaited<R>>
    ? (...args: A) => Promise<Awaited<R>>
    : ActorCheck<A, Awaited<R>>
  : never;

/** `SendCheck` for actors: a proxied function crosses, as an argument or in a plain object that is one. */
export type ActorCheck<A extends readonly unknown[], R> = SendCheck<
  { [K in keyof A]: WithoutCallbacks<A[K]> } & unknown[],
  WithoutCallbacks<R>
>;

type WithoutCallbacks<T> = T extends AnyProxied
  ? null
  : [Extract<T[keyof T], AnyProxied>] extends [never]
    ? T
    : { [K in keyof T]: WithoutCallback<T[K]> };

type WithoutCallback<T> = T extends AnyProxied ? null : T;

type AnyProxied = Proxied<(...args: never[]) => unknown>;
type AnyFunction = (...args: never[]) => unknown;

/** Makes the methods of an object of class `name`; `call` is what calling one comes to. */
export function remoteOf<O>(
  name: string,
  call: (method: string, args: readonly unknown[]) => Promise<unknown>,
): Remote<O> {
  const made = new Map<string, (...args: readonly unknown[]) => Promise<unknown>>();
  const methodNamed = (method: string): ((...args: readonly unknown[]) => Promise<unknown>) => {
    const known = made.get(method);
    if (known !== undefined) return known;
    const calling = (...args: readonly unknown[]): Promise<unknown> => call(method, args);
    made.set(method, calling);
    return calling;
  };
  const target = Object.create(null, {
    [inspect.custom]: { configurable: true, value: () => `[Remote ${name}]` },
  }) as object;
  return new Proxy(target, {
    get: (_, key) => (isMethodName(key) ? methodNamed(key) : undefined),
    has: (_, key) => isMethodName(key),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  }) as Remote<O>;
}
