import { errorMessage, isError } from './error-text.js';
import { safeInspect } from './safe-inspect.js';

/**
 * A value or an error, told apart by `ok`: `{ ok: true, value }` or `{ ok: false, error }`.
 *
 * An expected failure is an `Err`, returned and handled like any other value; a throw is a panic. Both sides
 * have the same methods, so a `Result` can be used without looking first. `ok`, `value` and `error` are
 * ordinary own properties: a result compares, serialises to JSON and destructures like a literal.
 *
 * Source: `std::result::Result`.
 *
 * @example
 * function parse(text: string): Result<number, string> {
 *   const parsed = Number(text);
 *   return Number.isNaN(parsed) ? Err(`not a number: ${text}`) : Ok(parsed);
 * }
 * const result = parse('42');
 * if (result.ok) console.log(result.value);
 * else console.error(result.error);
 */
export type Result<T, E> = Ok<T, E> | Err<E, T>;

/**
 * The side of a `Result` that holds a value.
 *
 * The second parameter is what the other side would hold. It can be left out, and fits every `Result`.
 */
export interface Ok<T, E = never> extends ResultMethods<T, E> {
  readonly ok: true;
  readonly value: T;
}

/**
 * The side of a `Result` that holds an error.
 *
 * The second parameter is what the other side would hold. It can be left out, and fits every `Result`.
 */
export interface Err<E, T = never> extends ResultMethods<T, E> {
  readonly ok: false;
  readonly error: E;
}

/** What can be done with a `Result` without looking at which side it is. */
export interface ResultMethods<T, E> {
  /**
   * Gives the value, or throws.
   *
   * An error that is an `Error` is thrown itself: `(await handle).unwrap()` throws the `JoinError`. Anything
   * else is thrown as the `cause` of an `Error` that quotes it. Source: `Result::unwrap`.
   */
  unwrap(): T;
  /** Gives the value, or `fallback` when there is none. Source: `Result::unwrap_or`. */
  unwrapOr<D>(fallback: D): T | D;
  /**
   * Gives the value, or throws an `Error` that says `message` and then what the error was.
   *
   * The error itself is its `cause`. Source: `Result::expect`.
   */
  expect(message: string): T;
  /** Gives a result with the value changed by `change`; an error stays as it is. Source: `Result::map`. */
  map<U>(change: (value: T) => U): Result<U, E>;
  /** Gives a result with the error changed by `change`; a value stays as it is. Source: `Result::map_err`. */
  mapErr<F>(change: (error: E) => F): Result<T, F>;
  /**
   * Calls the function for the side that this is, and gives what it returns.
   *
   * @example
   * const text = Ok(3).match({ ok: (n) => `got ${n}`, err: (e) => `failed: ${e}` });
   */
  match<A, B>(sides: { ok: (value: T) => A; err: (error: E) => B }): A | B;
}

/**
 * Makes a `Result` that holds `value`. Called without `new`. Source: `Result::Ok`.
 *
 * @example
 * const parsed = Ok(3).map((n) => n + 1);
 * console.log(parsed.unwrap(), parsed instanceof Ok); // 4 true
 */
export function Ok<T>(value: T): Ok<T> {
  return new OkSide(value);
}

/**
 * Makes a `Result` that holds `error`. Called without `new`. Source: `Result::Err`.
 *
 * @example
 * const failed = Err('not a number');
 * console.log(failed.ok, failed.error, failed instanceof Err); // false not a number true
 */
export function Err<E>(error: E): Err<E> {
  return new ErrSide(error);
}

/** Whether `value` is one of the two sides. */
export function isResult(value: unknown): value is Result<unknown, unknown> {
  return value instanceof OkSide || value instanceof ErrSide;
}

// One is made at the end of every task: one allocation, two fields in one order, methods on the prototype.
class OkSide<T, E> implements Ok<T, E> {
  readonly ok = true;
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }

  unwrap(): T {
    return this.value;
  }

  unwrapOr<D>(_fallback: D): T | D {
    return this.value;
  }

  expect(_message: string): T {
    return this.value;
  }

  map<U>(change: (value: T) => U): Result<U, E> {
    return new OkSide<U, E>(change(this.value));
  }

  mapErr<F>(_change: (error: E) => F): Result<T, F> {
    return new OkSide<T, F>(this.value);
  }

  match<A, B>(sides: { ok: (value: T) => A; err: (error: E) => B }): A | B {
    return sides.ok(this.value);
  }
}

class ErrSide<E, T> implements Err<E, T> {
  readonly ok = false;
  readonly error: E;

  constructor(error: E) {
    this.error = error;
  }

  unwrap(): never {
    if (isError(this.error)) throw this.error;
    throw new Error(`called unwrap() on an Err: ${safeInspect(this.error)}`, { cause: this.error });
  }

  unwrapOr<D>(fallback: D): T | D {
    return fallback;
  }

  expect(message: string): never {
    const what = (isError(this.error) && errorMessage(this.error)) || safeInspect(this.error);
    throw new Error(`${message}: ${what}`, { cause: this.error });
  }

  map<U>(_change: (value: T) => U): Result<U, E> {
    return new ErrSide<E, U>(this.error);
  }

  mapErr<F>(change: (error: E) => F): Result<T, F> {
    return new ErrSide<F, T>(change(this.error));
  }

  match<A, B>(sides: { ok: (value: T) => A; err: (error: E) => B }): A | B {
    return sides.err(this.error);
  }
}

// `instanceof Ok` holds and a printed result says `Ok { … }`, although nobody has to write `new`.
for (const [make, side] of [
  [Ok, OkSide],
  [Err, ErrSide],
] as const) {
  make.prototype = side.prototype;
  Object.defineProperty(side.prototype, 'constructor', { value: make, writable: true, configurable: true });
}
