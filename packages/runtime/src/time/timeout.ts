import { checkMs } from '../base/check-ms.js';
import { Elapsed } from '../base/elapsed.js';
import { Err, Ok, type Result } from '../base/result.js';
import { type Branch, type BranchValue, pollableOf } from '../task/branch.js';
import { BranchAgainst } from '../task/branch-against.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pollable } from '../task/pollable.js';
import { Sleeping } from './sleep.js';

/**
 * Waits for a branch, at most `delayMs` milliseconds counted from this call.
 *
 * Gives `Ok` with the branch's value, or `Err` with `Elapsed`; the branch is left before that. A value that is
 * there wins, even past the deadline. A throw of the branch is thrown on. Throws a `TypeError` or `RangeError`
 * for a delay that is none. Source: `tokio::time::timeout`.
 *
 * @example
 * const result = await timeout(10, sleep(60_000));
 * if (!result.ok) console.log(result.error.message); // deadline has elapsed
 */
export function timeout<B extends Branch<unknown>>(
  delayMs: number,
  branch: B,
): Op<Result<BranchValue<B>, Elapsed>> {
  checkMs('timeout', 'delayMs', delayMs);
  const branched = pollableOf('timeout', branch);
  const read = (value: unknown) => (value === PENDING ? Err(new Elapsed(delayMs)) : Ok(value));
  const deadline = new Sleeping(delayMs);
  return new Operation(
    new BranchAgainst(`timeout(${delayMs}, `, branched, deadline, read) as Pollable<never>,
  );
}
