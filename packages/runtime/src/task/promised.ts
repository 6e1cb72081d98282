import { safeInspect } from '../base/safe-inspect.js';
import { isThenable } from '../base/thenable.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PromiseBranch } from './promise-branch.js';

/**
 * Waits for a promise that is not of heddle, in a generator task: `const page = yield* promised(fetch(url))`.
 *
 * An abort leaves the promise at once; the work behind it goes on unless it was given `task.signal`. A
 * rejection is thrown. Throws a `TypeError` when `promise` is not one.
 *
 * @example
 * const handle = spawn(function* () {
 *   return yield* promised(Promise.resolve(42));
 * });
 * console.log((await handle).unwrap());
 */
export function promised<T>(promise: PromiseLike<T>): Op<T> {
  if (!isThenable(promise)) {
    throw new TypeError(`promised: expected a promise, got ${safeInspect(promise, 100)}`);
  }
  return new Operation(new PromiseBranch<T>(promise));
}
