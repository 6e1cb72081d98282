/** What the body of a task is called with. */
export type TaskFunction = (...args: unknown[]) => unknown;

/** Several arguments, or one that is `undefined`. */
class Inputs {
  readonly #args: readonly unknown[];

  constructor(args: readonly unknown[]) {
    this.#args = args;
  }

  /** Calls `fn` with what `input` is. It may be a stranger's proxy, which is not to be asked what it is. */
  static call(fn: TaskFunction, input: unknown): unknown {
    const isOne = typeof input !== 'object' || input === null || !(#args in input);
    return isOne ? fn(input) : fn(...input.#args);
  }
}

/**
 * What stands in a task until its first poll for the arguments of its spawn; undefined where there are none.
 *
 * One argument stands there itself. A hundred thousand tasks may be spawned before the first of them is polled, and
 * an array for each is three objects that the collector copies twice: a quarter of what such a task cost.
 */
export function inputOf(args: readonly unknown[]): unknown {
  if (args.length === 0) return undefined;
  const input = args.length === 1 ? args[0] : undefined;
  return input === undefined ? new Inputs(args) : input;
}

/** Calls a function with what `inputOf` gave. */
export function callWith(fn: TaskFunction, input: unknown): unknown {
  return input === undefined ? fn() : Inputs.call(fn, input);
}
