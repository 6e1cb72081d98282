import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { Branches, type Thrown } from './branches.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { When } from './when.js';

/** What `select` gives: which branch won, and what it gave. */
export type Selected<S> = {
  [K in keyof S & string]: { readonly key: K; readonly value: SelectedValue<S[K]> };
}[keyof S & string];

/** The value of a branch of `select`, which may stand behind a `when`. */
export type SelectedValue<B> = B extends When<infer _Inner, infer V> ? V : BranchValue<B>;

/** How `select` chooses. */
export interface SelectOptions<E = never> {
  /**
   * Asks the branches in the order in which they are written, at each poll; otherwise the first one is drawn.
   *
   * JavaScript puts keys that look like whole numbers first, and sorts them: `{ 10: …, b: …, 2: … }` is asked as 2, 10, b.
   */
  readonly biased?: boolean;
  /** Is called, and gives the value under the key `else`, when every branch is out by its `when`. */
  readonly else?: () => E;
}

/**
 * Waits for the first of several branches, within this one task.
 *
 * The losers are left before the winner is given: operations are withdrawn, generators run their `finally`
 * blocks, functions have their signal fired; handles and promises go on. Nothing that a loser was about to
 * receive is lost, but by an async function outside any task: it runs on, and takes what it receives with it. Where several are ready, each poll asks them beginning with one that is drawn by the runtime's
 * `seed`, or in their order with `biased`. A throw in a branch leaves the others and is thrown on; of several throws,
 * the first. A loser whose cleanup throws ends the `select` with that; the winner's value is then dropped, or given back
 * where it is a guard, a permit or a connection.
 *
 * A branch behind `when(false, …)` is not begun, and one whose value does not match its `when` is out. When all are,
 * `else` decides; without one, `select` throws a `TypeError`: at the call, when no branch is left to begin.
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
  S extends Readonly<Record<string, Branch<unknown> | When<Branch<unknown>, never>>>,
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
  if (options.biased !== undefined && typeof options.biased !== 'boolean') {
    throw new TypeError(`select: biased must be true or false, got ${safeInspect(options.biased, 100)}`);
  }
  const candidates: Candidate[] = [];
  const pollables: Pollable<unknown>[] = [];
  for (const [key, branch] of Object.entries(branches)) {
    const behind = branch instanceof When ? (branch as When<unknown, unknown>) : undefined;
    const chosen = behind === undefined ? { branch } : When.branchOf(behind);
    if (chosen === undefined) continue;
    candidates.push({ key, matches: behind && When.matchesOf(behind) });
    pollables.push(pollableOf(`select: ${key}`, chosen.branch));
  }
  if (candidates.length === 0 && options.else === undefined) throw allDisabled();
  return new Operation(new Select(candidates, pollables, options) as Pollable<never>);
}

interface Candidate {
  readonly key: string;
  /** What its value has to fulfil, if anything. */
  readonly matches: ((value: unknown) => boolean) | undefined;
}

const KNOWN: ReadonlySet<string> = new Set(['biased', 'else']);

interface Winner {
  readonly key: string;
  readonly value: unknown;
}

class Select implements Pollable<Winner> {
  readonly #candidates: readonly Candidate[];
  readonly #branches: Branches;
  readonly #options: SelectOptions<unknown>;
  #began = false;
  #ended: Winner | Thrown | undefined;

  constructor(
    candidates: readonly Candidate[],
    pollables: readonly Pollable<unknown>[],
    options: SelectOptions<unknown>,
  ) {
    this.#candidates = candidates;
    this.#branches = new Branches(pollables, options.biased === true ? 'the first' : 'drawn');
    this.#options = options;
  }

  get what(): string {
    return `select(${this.#branches.what})`;
  }

  poll(waker: Waker): Winner | Pending {
    if (!this.#began) this.#branches.wakeAll();
    this.#began = true;
    if (this.#ended === undefined) this.#findWinner(waker);
    const ended = this.#ended;
    if (ended === undefined) return PENDING;
    if ('error' in ended) return this.#branches.fail(waker, ended);
    return this.#branches.end(waker) ? ended : PENDING;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #findWinner(waker: Waker): void {
    try {
      while (this.#branches.left > 0) {
        const ended = this.#branches.poll(waker);
        if (ended === undefined) return;
        const { key, matches } = this.#candidates[ended.at] as Candidate;
        this.#branches.kept[ended.at] = ended.value;
        if (matches === undefined || matches(ended.value)) {
          this.#ended = { key, value: ended.value };
          return;
        }
        this.#branches.giveBackKept();
        if (!this.#branches.inRound && this.#branches.left > 0) return;
      }
      if (this.#options.else === undefined) throw allDisabled();
      this.#ended = { key: 'else', value: this.#options.else() };
    } catch (error) {
      this.#ended = { error };
    }
  }
}

function allDisabled(): TypeError {
  return new TypeError('select: all branches are disabled and there is no else branch.');
}
