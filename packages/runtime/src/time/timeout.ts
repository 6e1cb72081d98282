import { checkMs } from '../base/check-ms.js';
import { Err, Ok, type Result } from '../base/result.js';
import { type Branch, type BranchValue, pollableOf } from '../task/branch.js';
import { Branches } from '../task/branches.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Elapsed } from './elapsed.js';
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
  return new Operation(new Timeout(delayMs, pollableOf('timeout', branch)) as Pollable<never>);
}

const BRANCH = 0;

class Timeout implements Pollable<Result<unknown, Elapsed>> {
  readonly #delayMs: number;
  readonly #branches: Branches;
  #began = false;
  #ended: Result<unknown, Elapsed> | { readonly error: unknown } | undefined;

  constructor(delayMs: number, pollable: Pollable<unknown>) {
    this.#delayMs = delayMs;
    this.#branches = new Branches([pollable, new Sleeping(delayMs)]);
  }

  get what(): string {
    return `timeout(${this.#delayMs}, ${this.#branches.what})`;
  }

  poll(waker: Waker): Result<unknown, Elapsed> | Pending {
    if (!this.#began) this.#branches.wakeAll();
    this.#began = true;
    if (this.#ended === undefined) this.#findEnd(waker);
    if (this.#ended === undefined || !this.leave(waker)) return PENDING;
    if (!('ok' in this.#ended)) throw this.#ended.error;
    return this.#ended;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #findEnd(waker: Waker): void {
    try {
      const ended = this.#branches.poll(waker);
      if (ended === undefined) return;
      // The value is asked for once more, since it may have come in the same moment.
      const value = ended.at === BRANCH ? ended.value : this.#branches.pollAgain(BRANCH, waker);
      this.#ended = value === PENDING ? Err(new Elapsed(this.#delayMs)) : Ok(value);
    } catch (error) {
      this.#ended = { error };
    }
  }
}
