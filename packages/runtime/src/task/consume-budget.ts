import { current, currentTask } from './current.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import type { Pollable } from './pollable.js';

/**
 * Uses up one of the 128 units that a poll has, and gives up the thread when none is left.
 *
 * For a loop that computes, so that others get their turn now and then, and not at each step as with `yieldNow()`.
 * Outside any task it goes on at once. Source: `tokio::task::coop::consume_budget`.
 *
 * @example
 * const handle = spawn(function* () {
 *   let sum = 0;
 *   for (let n = 0; n < 1000; n += 1) {
 *     sum += n;
 *     yield* consumeBudget(); // suspends at each 129th step
 *   }
 *   return sum;
 * });
 * console.log((await handle).unwrap()); // 499500
 */
export function consumeBudget(): Op<void> {
  return new Operation(CONSUMED);
}

/**
 * Whether the next operation that is ready will give its value without giving up the thread first. Always so outside
 * any task.
 *
 * Source: `tokio::task::coop::has_budget_remaining`.
 *
 * @example
 * const handle = spawn(function* () {
 *   let steps = 0;
 *   for (; hasBudgetRemaining(); steps += 1) yield* consumeBudget();
 *   return steps;
 * });
 * console.log((await handle).unwrap()); // 128
 */
export function hasBudgetRemaining(): boolean {
  return current.budget > 0 || currentTask() === undefined;
}

const CONSUMED: Pollable<void> = {
  what: 'consumeBudget()',
  poll: () => undefined,
  leave: () => true,
};
