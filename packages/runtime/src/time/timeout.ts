import { checkMs } from '../base/check-ms.js';
import { Elapsed } from '../base/elapsed.js';
import { Err, Ok, type Result } from '../base/result.js';
import { type Branch, type BranchValue, pollableOf } from '../task/branch.js';
import { BranchAgainst } from '../task/branch-against.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pollable } from '../task/pollable.js';
import { checkInstant, Instant } from './instant.js';
import { Sleeping } from './sleep.js';

/**
 * Waits for a branch, at most `delayMs` milliseconds counted from this call.
 *
 * Gives `Ok` with the branch's value, or `Err` with `Elapsed`; the branch is left before that. An async function
 * is left by `TaskCancelled` at what it awaits of ours; outside any task it runs on, and takes what it receives with
 * it: there give the operation itself. A value that is
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
  return against(`timeout(${delayMs}, `, pollableOf('timeout', branch), new Sleeping(delayMs), delayMs);
}

/**
 * Waits for a branch, until `deadline` at most. As `timeout` in all else.
 *
 * Throws a `TypeError` for anything but an `Instant` of this runtime's clock. Source: `tokio::time::timeout_at`.
 *
 * @example
 * const deadline = Instant.now().add(10);
 * const result = await timeoutAt(deadline, sleep(60_000));
 * console.log(result.ok); // false
 */
export function timeoutAt<B extends Branch<unknown>>(
  deadline: Instant,
  branch: B,
): Op<Result<BranchValue<B>, Elapsed>> {
  checkInstant('timeoutAt', 'deadline', deadline);
  const end = new Sleeping(deadline);
  const delayMs = deadline.durationSince(Instant.now());
  return against('timeoutAt(', pollableOf('timeoutAt', branch), end, delayMs);
}

function against(
  name: string,
  branch: Pollable<unknown>,
  deadline: Sleeping,
  delayMs: number,
): Op<Result<never, Elapsed>> {
  const read = (value: unknown) => (value === PENDING ? Err(new Elapsed(delayMs)) : Ok(value));
  return new Operation(new BranchAgainst(name, branch, deadline, read) as Pollable<never>);
}
