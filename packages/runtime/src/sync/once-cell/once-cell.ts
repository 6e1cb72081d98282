import { Err, Ok, type Result } from '../../base/result.js';
import { safeInspect } from '../../base/safe-inspect.js';
import type { Suspension } from '../../base/suspension.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { Cell } from './cell.js';
import { Initializing } from './initializing.js';

/**
 * Holds a value that is made once, by the first who needs it, while the others wait for it.
 *
 * What fails is not kept: when the function that makes the value throws, gives an `Err` to `getOrTryInit`, or its task
 * is aborted, the next one who waits tries with his own. Source: `tokio::sync::OnceCell`.
 *
 * @example
 * const connection = new OnceCell<string>();
 * const connect = async () => {
 *   await sleep(1);
 *   return 'connected';
 * };
 * const both = await join(connection.getOrInit(connect), connection.getOrInit(connect)); // one of them connects
 * console.log(both, connection.get());
 */
export class OnceCell<T> {
  readonly #cell = new Cell<T>();

  /** Holds `value` from the start, unless that is left out or `undefined`. Throws a `TypeError` for a thenable. */
  constructor(value?: T) {
    if (value !== undefined) this.#cell.fill('OnceCell', value);
  }

  /** The value, or `undefined` while there is none. Source: `OnceCell::get`. */
  get(): T | undefined {
    return this.#cell.value;
  }

  /** Whether there is a value; `undefined` is one. Source: `OnceCell::initialized`. */
  initialized(): boolean {
    return this.#cell.isFull;
  }

  /**
   * Puts a value in, if there is none and none is being made.
   *
   * Who waits in `getOrInit` gets it. Throws a `TypeError` for a thenable: whoever awaited the value would await that.
   * Source: `OnceCell::set`.
   */
  set(value: T): Result<void, 'already initialized' | 'initializing'> {
    const cell = this.#cell;
    if (cell.isFull) return FULL;
    if (cell.turns.available === 0) return INITIALIZING;
    cell.fill('onceCell.set', value);
    return SET;
  }

  /**
   * Gives the value; where there is none, calls `init` to make it, or waits for who does.
   *
   * `init` is what a branch of `select` may be as a function: plain, async or generator. Its signal fires when the
   * operation is left: the abort of the task that makes the value ends the making, and the next one begins anew. An
   * async `init` that does not look at its signal goes on beside that one. A throw of `init` is thrown on, to its own
   * caller alone. An `init` that waits for its own cell waits for ever.
   *
   * Throws a `TypeError` unless `init` is a function. Source: `OnceCell::get_or_init`.
   */
  getOrInit(init: Init<T>): Op<T> {
    checkInit('onceCell.getOrInit', init);
    return new Operation(new Initializing<T, T>('onceCell.getOrInit', this.#cell, init, false));
  }

  /**
   * As `getOrInit`, with an `init` that gives a `Result`: the value of an `Ok` is kept, an `Err` is given to its caller.
   *
   * Panics with a `TypeError` when `init` gives something else. Source: `OnceCell::get_or_try_init`.
   *
   * @example
   * const port = new OnceCell<number>();
   * const parse = (text: string) => () => {
   *   const parsed = Number(text);
   *   return Number.isInteger(parsed) ? Ok(parsed) : Err(`no port: ${text}`);
   * };
   * console.log((await port.getOrTryInit(parse('http'))).ok); // false
   * console.log((await port.getOrTryInit(parse('8080'))).unwrap()); // 8080
   */
  getOrTryInit<E>(init: Init<Result<T, E>>): Op<Result<T, E>> {
    checkInit('onceCell.getOrTryInit', init);
    return new Operation(new Initializing<T, Result<T, E>>('onceCell.getOrTryInit', this.#cell, init, true));
  }
}

/** What makes the value of a `OnceCell`. */
type Init<T> = (signal: AbortSignal) => T | PromiseLike<T> | Generator<Suspension, T, unknown>;

function checkInit(caller: string, init: unknown): void {
  if (typeof init === 'function') return;
  throw new TypeError(`${caller}: expected a function that makes the value, got ${safeInspect(init, 100)}`);
}

const SET = Ok(undefined);
const FULL = Err('already initialized' as const);
const INITIALIZING = Err('initializing' as const);
