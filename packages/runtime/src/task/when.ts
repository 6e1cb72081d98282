import { safeInspect } from '../base/safe-inspect.js';
import type { BranchValue } from './branch.js';

/**
 * A branch of `select` with a precondition, and perhaps a condition on its value.
 *
 * @example
 * const even = when(
 *   true,
 *   () => async () => 4,
 *   (n) => n % 2 === 0,
 * );
 * console.log((await select({ even })).value); // 4
 */
export class When<B, V = BranchValue<B>> {
  readonly #branch: { readonly branch: B } | undefined;
  readonly #matches: ((value: V) => boolean) | undefined;

  /** Not for programs: `when` makes it. */
  constructor(branch: { readonly branch: B } | undefined, matches: ((value: V) => boolean) | undefined) {
    this.#branch = branch;
    this.#matches = matches;
  }

  /** The branch, or undefined when the precondition did not hold. */
  static branchOf<B>(when: When<B, unknown>): { readonly branch: B } | undefined {
    return when.#branch;
  }

  /** What a value has to fulfil for the branch to win. */
  static matchesOf(when: When<unknown, unknown>): ((value: unknown) => boolean) | undefined {
    return when.#matches;
  }
}

/**
 * Lets a branch of `select` take part only when `ready` holds, and win only with a value that `matches`.
 *
 * `branch` is called at once when `ready` holds, and not at all otherwise (tokio evaluates the expression in both
 * cases, and polls it in neither; nothing of ours begins before its first poll, so only the call differs). A branch
 * that ends with another value than one that matches is out, its value is dropped (a guard, a permit or a connection is given back), and the `select` waits for the
 * others. Throws a `TypeError` when `ready` is not a boolean or one of the others not a function.
 * Source: the precondition and the pattern of `tokio::select!`.
 *
 * @example
 * const first = await select({
 *   never: when(false, () => sleep(0)),
 *   odd: when(
 *     true,
 *     () => async () => 2,
 *     (n) => n % 2 === 1,
 *   ),
 *   rested: sleep(1),
 * });
 * console.log(first.key); // rested
 */
export function when<B, V extends BranchValue<B>>(
  ready: boolean,
  branch: () => B,
  matches: (value: BranchValue<B>) => value is V,
): When<B, V>;
export function when<B>(
  ready: boolean,
  branch: () => B,
  matches?: (value: BranchValue<B>) => boolean,
): When<B>;
export function when<B>(
  ready: boolean,
  branch: () => B,
  matches?: (value: BranchValue<B>) => boolean,
): When<B> {
  if (typeof ready !== 'boolean') {
    throw new TypeError(`when: the precondition must be true or false, got ${safeInspect(ready, 100)}`);
  }
  if (typeof branch !== 'function') {
    throw new TypeError(
      `when: expected a function that gives the branch, as in when(ready, () => sleep(9)), got ${safeInspect(branch, 100)}`,
    );
  }
  if (matches !== undefined && typeof matches !== 'function') {
    throw new TypeError(
      `when: the condition on the value must be a function, got ${safeInspect(matches, 100)}`,
    );
  }
  return new When(ready ? { branch: branch() } : undefined, matches);
}
