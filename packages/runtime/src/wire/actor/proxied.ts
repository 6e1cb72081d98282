import { types } from 'node:util';
import { safeInspect } from '../../base/safe-inspect.js';
import { refusal } from '../refusal.js';

/** A function that can be sent to an actor, or by one: wherever it is called, it runs where it was made. */
export type Proxied<F extends AnyFunction> = ((...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>) & {
  readonly [proxied]: true;
};

type AnyFunction = (...args: never[]) => unknown;

declare const proxied: unique symbol;

/**
 * Makes a function that an actor may be given, as an argument or in an object that is one.
 *
 * On the other side it is a function that asks this one and gives a promise of what it gave, or threw. Calls
 * arrive in the order made, and those that an actor's method makes arrive before what it returns. An actor may
 * keep it and call it later; it is let go here when the other side has collected it, or its thread has ended.
 * No port is opened for it. The same function gives the same proxy, so that an actor can find again what it
 * was given before. Called on this side, it runs here, and gives a promise too.
 *
 * A call whose promise nobody handles and that rejects is an unhandled rejection of who called.
 *
 * Throws a `TypeError` when `fn` is not a function. Source: comlink's `proxy`.
 *
 * @example
 * const onProgress = proxy((percent: number) => console.log(`${percent} %`));
 * await onProgress(50); // 50 %
 */
export function proxy<F extends AnyFunction>(fn: F): Proxied<F> {
  if (typeof fn !== 'function' || types.isProxy(fn)) {
    throw refusal('ERR_NOT_SENDABLE', `proxy: expected a function, got ${safeInspect(fn, 100)}`);
  }
  if (made.has(fn)) return fn as unknown as Proxied<F>;
  const known = proxies.get(fn);
  if (known !== undefined) return known as Proxied<F>;
  const asking = async (...args: never[]): Promise<unknown> => fn(...args);
  proxies.set(fn, asking);
  return markProxied(asking) as unknown as Proxied<F>;
}

/** Makes a function one that may cross. */
export function markProxied<F extends object>(fn: F): F {
  made.add(fn);
  some = true;
  return fn;
}

export function isProxied(value: unknown): value is ProxiedFunction {
  return typeof value === 'function' && made.has(value);
}

/** Whether there has ever been one: if not, nobody has to look for them. */
export function anyProxied(): boolean {
  return some;
}

/** A proxied function of whatever type. */
export type ProxiedFunction = (...args: readonly unknown[]) => Promise<unknown>;

const made = new WeakSet<object>();
const proxies = new WeakMap<object, object>();
let some = false;
