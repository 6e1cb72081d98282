import { isResult, Ok, type Result } from '../base/result.js';
import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { type AskedFirst, Branches, type Thrown } from './branches.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/** What `tryJoin` makes of a branch's value: a `Result` is opened, anything else counts as a value. */
export type TriedValue<B> = Opened<BranchValue<B>>;

/** The error of a branch that gives a `Result`. */
export type TriedError<B> = ErrorOf<BranchValue<B>>;

// Each decides for one member of a union at a time: branches of several kinds give values of several.
type Opened<V> = V extends Result<infer T, unknown> ? T : V;
type ErrorOf<V> = V extends Result<unknown, infer E> ? E : never;

/** What `tryJoin` gives: all values, or the first error. */
export type TryJoined<B extends readonly unknown[]> = Result<
  { -readonly [K in keyof B]: TriedValue<B[K]> },
  TriedError<B[number]>
>;

/** See `tryJoin`. */
export interface TryJoins {
  <B extends readonly Branch<unknown>[]>(...branches: B): Op<TryJoined<B>>;
  /**
   * The same, but each poll of the task asks the branches in the order in which they are written: see `join.biased`.
   *
   * Source: `biased;` in `tokio::try_join!`.
   *
   * @example
   * const both = await tryJoin.biased(
   *   async () => Ok(1),
   *   async () => Err('not two'),
   * );
   * console.log(both.ok); // false
   */
  biased<B extends readonly Branch<unknown>[]>(...branches: B): Op<TryJoined<B>>;
}

/**
 * Waits for all branches as `join` does, but stops at the first `Result` that is not ok, or at a throw.
 *
 * Gives `Ok` with all values, each `Result` opened, or that first `Err`. The branches that have not ended are
 * left before it answers, as by `join`, and what others gave is given back. A throw is thrown on. `tryJoin.biased` keeps
 * their order. Source: `tokio::try_join!`.
 *
 * @example
 * const both = await tryJoin(
 *   spawn(async () => 'page'),
 *   spawn(async () => 2),
 * );
 * if (both.ok) console.log(both.value);
 */
export const tryJoin: TryJoins = Object.assign(
  <B extends readonly Branch<unknown>[]>(...branches: B) => tryJoinAll('tryJoin', branches, 'in turn'),
  {
    biased: <B extends readonly Branch<unknown>[]>(...branches: B) =>
      tryJoinAll('tryJoin.biased', branches, 'the first'),
  },
);

function tryJoinAll(caller: string, branches: readonly unknown[], askedFirst: AskedFirst): Op<never> {
  const pollables = branches.map((branch) => pollableOf(caller, branch));
  return new Operation(new TryJoin(pollables, askedFirst) as Pollable<never>);
}

class TryJoin implements Pollable<Result<unknown[], unknown>> {
  readonly #branches: Branches;
  #began = false;
  #stopped: Thrown | { readonly result: Result<never, unknown> } | undefined;

  constructor(pollables: readonly Pollable<unknown>[], askedFirst: AskedFirst) {
    this.#branches = new Branches(pollables, askedFirst, new Array(pollables.length).fill(undefined));
  }

  get what(): string {
    return `tryJoin(${this.#branches.what})`;
  }

  poll(waker: Waker): Result<unknown[], unknown> | Pending {
    if (!this.#began) this.#branches.wakeAll();
    this.#began = true;
    if (this.#stopped === undefined) this.#collect(waker);
    const stopped = this.#stopped;
    if (stopped === undefined) return this.#branches.left === 0 ? Ok(this.#branches.kept) : PENDING;
    if ('error' in stopped) return this.#branches.fail(waker, stopped);
    return this.leave(waker) ? stopped.result : PENDING;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #collect(waker: Waker): void {
    try {
      do {
        const ended = this.#branches.poll(waker);
        if (ended === undefined) return;
        const { at, value } = ended;
        if (isResult(value) && !value.ok) {
          this.#stopped = { result: value as Result<never, unknown> };
          return;
        }
        this.#branches.kept[at] = isResult(value) ? value.unwrap() : value;
      } while (this.#branches.inRound);
    } catch (error) {
      this.#stopped = { error };
    }
  }
}
