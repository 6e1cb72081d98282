import { safeInspect } from '../base/safe-inspect.js';

/** A branch of `select` with a precondition. */
export class When<B> {
  readonly #branch: { readonly branch: B } | undefined;

  /** Not for programs: `when` makes it. */
  constructor(branch: { readonly branch: B } | undefined) {
    this.#branch = branch;
  }

  /** The branch, or undefined when the precondition did not hold. */
  static branchOf<B>(when: When<B>): { readonly branch: B } | undefined {
    return when.#branch;
  }
}

/**
 * Lets a branch of `select` take part only when `ready` holds.
 *
 * `branch` is called at once when it does, and not at all otherwise (tokio evaluates the expression in both
 * cases, and polls it in neither; nothing of ours begins before its first poll, so only the call differs).
 * Source: the precondition of `tokio::select!`.
 *
 * @example
 * const first = await select({
 *   never: when(false, () => sleep(0)),
 *   rested: sleep(1),
 * });
 * console.log(first.key); // rested
 */
export function when<B>(ready: boolean, branch: () => B): When<B> {
  if (typeof branch !== 'function') {
    throw new TypeError(
      `when: expected a function that gives the branch, as in when(ready, () => sleep(9)), got ${safeInspect(branch, 100)}`,
    );
  }
  return new When(ready ? { branch: branch() } : undefined);
}
