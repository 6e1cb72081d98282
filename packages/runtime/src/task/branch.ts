import { claimGenerator } from '../base/claim-generator.js';
import { isGenerator } from '../base/generator.js';
import type { Result } from '../base/result.js';
import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import { isThenable } from '../base/thenable.js';
import { FunctionBranch } from './function-branch.js';
import { GeneratorBranch } from './generator-branch.js';
import type { JoinError } from './join-error.js';
import { type JoinHandle, TaskHandle } from './join-handle.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import type { Pollable } from './pollable.js';
import { PromiseBranch } from './promise-branch.js';
import { yieldingOf } from './yield-now.js';

/**
 * What `join`, `tryJoin`, `select` and `timeout` take: something to wait for beside others, in the same task.
 *
 * An operation and a generator belong to the branch: losing withdraws the one and drops the other, whose
 * `finally` blocks run first. A handle and a promise are by reference: losing stops the waiting, never the
 * task. A function is called when the branch begins; its signal fires when the branch is left.
 */
export type Branch<T> =
  | Op<T>
  | JoinHandle<unknown>
  | PromiseLike<T>
  | Generator<Suspension, T, unknown>
  | ((signal: AbortSignal) => T | PromiseLike<T> | Generator<Suspension, T, unknown>);

/** What a branch gives: a handle its `Result`, anything else its value. */
export type BranchValue<B> =
  B extends JoinHandle<infer T>
    ? Result<T, JoinError>
    : B extends Generator<unknown, infer T, unknown>
      ? T
      : B extends PromiseLike<infer T>
        ? T
        : B extends (signal: AbortSignal) => infer R
          ? R extends Generator<unknown, infer T, unknown>
            ? T
            : Awaited<R>
          : never;

/** Makes something that can be polled of a branch. Throws a `TypeError` that says what it got instead of one. */
export function pollableOf(caller: string, branch: unknown): Pollable<unknown> {
  if (branch instanceof Operation) return Operation.take(branch);
  if (branch instanceof TaskHandle) return TaskHandle.taskOf(branch);
  if (isGenerator(branch)) {
    claimGenerator(caller, branch);
    return new GeneratorBranch(branch);
  }
  if (typeof branch === 'function') return new FunctionBranch(branch as (signal: AbortSignal) => unknown);
  if (isThenable(branch)) return yieldingOf(branch) ?? new PromiseBranch(branch);
  if (Array.isArray(branch)) {
    const all = caller.startsWith('tryJoin') || caller === 'join.biased' ? caller : 'join';
    throw new TypeError(
      `${caller}: got an array. To wait for all of its branches, write ${all}(...branches).`,
    );
  }
  throw new TypeError(
    `${caller}: expected an operation, a handle, a promise, a generator or a function, got ${safeInspect(branch, 100)}`,
  );
}
