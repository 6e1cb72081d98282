import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { Branches } from './branches.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { When } from './when.js';

/** What `select` gives: which branch won, and what it gave. */
export type Selected<S> = {
  [K in keyof S & string]: { readonly key: K; readonly value: SelectedValue<S[K]> };
}[keyof S & string];

/** The value of a branch of `select`, which may stand behind a `when`. */
export type SelectedValue<B> = B extends When<infer Inner> ? BranchValue<Inner> : BranchValue<B>;

export interface SelectOptions<E = never> {
  /** Polls the branches in the order in which they are written, each time; otherwise the first one rotates. */
  readonly biased?: boolean;
  /** Is called, and gives the value under the key `else`, when every branch is behind a `when` that is false. */
  readonly else?: () => E;
}

/**
 * Waits for the first of several branches, within this one task.
 *
 * The losers are left before the winner is given: operations are withdrawn, generators run their `finally`
 * blocks, functions have their signal fired; handles and promises go on. Nothing that a loser was about to
 * receive is lost. A throw in a branch leaves the others and is thrown on. A branch behind `when(false, …)` is
 * not begun; when all are, the `else` function decides, and without one a `TypeError` is thrown.
 *
 * `Promise.race` over operations can lose a message, since it leaves nobody: use this. Source: `tokio::select!`.
 *
 * @example
 * const first = await select({
 *   quick: sleep(1),
 *   slow: sleep(60_000),
 * });
 * console.log(first.key); // quick
 */
export function select<
  S extends Readonly<Record<string, Branch<unknown> | When<Branch<unknown>>>>,
  E = never,
>(
  branches: S,
  options: SelectOptions<E> = {},
): Op<Selected<S> | ([E] extends [never] ? never : { readonly key: 'else'; readonly value: E })> {
  if (branches === null || typeof branches !== 'object' || Array.isArray(branches)) {
    throw new TypeError(`select: expected an object of branches, got ${safeInspect(branches, 100)}`);
  }
  checkOptionKeys('select', options, KNOWN);
  if (options.else !== undefined && typeof options.else !== 'function') {
    throw new TypeError(`select: else must be a function, got ${safeInspect(options.else, 100)}`);
  }
  const keys: string[] = [];
  const pollables: Pollable<unknown>[] = [];
  for (const [key, branch] of Object.entries(branches)) {
    const chosen = branch instanceof When ? When.branchOf(branch) : { branch };
    if (chosen === undefined) continue;
    keys.push(key);
    pollables.push(pollableOf(`select: ${key}`, chosen.branch));
  }
  return new Operation(new Select(keys, pollables, options) as Pollable<never>);
}

const KNOWN: ReadonlySet<string> = new Set(['biased', 'else']);

interface Winner {
  readonly key: string;
  readonly value: unknown;
}

let rotation = 0;

class Select implements Pollable<Winner> {
  readonly #keys: readonly string[];
  readonly #branches: Branches;
  readonly #options: SelectOptions<unknown>;
  #began = false;
  #ended: Winner | { readonly error: unknown } | undefined;

  constructor(
    keys: readonly string[],
    pollables: readonly Pollable<unknown>[],
    options: SelectOptions<unknown>,
  ) {
    this.#keys = keys;
    this.#branches = new Branches(pollables, options.biased === true);
    this.#options = options;
  }

  get what(): string {
    return `select(${this.#branches.what})`;
  }

  poll(waker: Waker): Winner | Pending {
    if (this.#keys.length === 0) return this.#otherwise();
    if (!this.#began) this.#begin();
    if (this.#ended === undefined) this.#findWinner(waker);
    if (this.#ended === undefined || !this.leave(waker)) return PENDING;
    if ('error' in this.#ended) throw this.#ended.error;
    return this.#ended;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #begin(): void {
    this.#began = true;
    rotation = (rotation + 1) % 2 ** 30;
    this.#branches.wakeAll(this.#options.biased === true ? 0 : rotation % this.#keys.length);
  }

  #findWinner(waker: Waker): void {
    try {
      const ended = this.#branches.poll(waker);
      if (ended !== undefined) this.#ended = { key: this.#keys[ended.at] as string, value: ended.value };
    } catch (error) {
      this.#ended = { error };
    }
  }

  #otherwise(): Winner {
    if (this.#options.else !== undefined) return { key: 'else', value: this.#options.else() };
    throw new TypeError('select: all branches are disabled and there is no else branch.');
  }
}
