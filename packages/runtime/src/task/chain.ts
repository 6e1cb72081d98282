/** What may be given to `then`: a function, or anything else, which counts as none. */
export type Callback = ((given: unknown) => unknown) | null | undefined;

/**
 * What an operation's `then` returns: a promise that is made when somebody asks for it.
 *
 * It has the three methods of a promise, and does what a promise does: a callback that throws, with nobody to
 * tell, is an `unhandledRejection`.
 *
 * An await of ours extends it, so that one await is one object: a second one costs a tenth of a switch between
 * async tasks.
 */
export class Chain implements PromiseLike<unknown> {
  readonly #onValue: Callback;
  readonly #onThrow: Callback;
  // What it came to, or what waits to be told; one field for both, since each await of ours has it.
  #given: unknown = NOT_YET;

  constructor(onValue: Callback, onThrow: Callback) {
    this.#onValue = onValue;
    this.#onThrow = onThrow;
  }

  /** Gives the operation's value to the callback for it, or on to who chained. */
  give(value: unknown): void {
    if (typeof this.#onValue !== 'function') Chain.#end(this, value);
    else Chain.#call(this, this.#onValue, value);
  }

  /** Gives what the operation threw to the callback for it, or on to who chained. */
  throw(error: unknown): void {
    if (typeof this.#onThrow !== 'function') Chain.#end(this, Promise.reject(error));
    else Chain.#call(this, this.#onThrow, error);
  }

  // biome-ignore lint/suspicious/noThenProperty: it stands for a promise
  then<A = unknown, B = never>(
    onValue?: ((value: unknown) => A | PromiseLike<A>) | null,
    onThrow?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return Chain.#promiseOf(this).then(onValue, onThrow);
  }

  catch<B = never>(onThrow?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<unknown> {
    return Chain.#promiseOf(this).catch(onThrow);
  }

  finally(onEnd?: (() => void) | null): Promise<unknown> {
    return Chain.#promiseOf(this).finally(onEnd);
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  static #call(chain: Chain, callback: (given: unknown) => unknown, given: unknown): void {
    let returned: unknown;
    try {
      returned = callback(given);
    } catch (error) {
      returned = Promise.reject(error);
    }
    Chain.#end(chain, returned);
  }

  // A rejected promise that nobody chains on is reported by Node, like any other.
  static #end(chain: Chain, given: unknown): void {
    if (chain.#given instanceof Promised) chain.#given.resolve(given);
    else chain.#given = given;
  }

  static #promiseOf(chain: Chain): Promise<unknown> {
    if (!(chain.#given instanceof Promised)) {
      const promised = new Promised();
      if (chain.#given !== NOT_YET) promised.resolve(chain.#given);
      chain.#given = promised;
    }
    return (chain.#given as Promised).promise;
  }
}

const NOT_YET = Symbol();

class Promised {
  resolve: (value: unknown) => void = () => undefined;
  readonly promise = new Promise<unknown>((resolve) => {
    this.resolve = resolve;
  });
}
