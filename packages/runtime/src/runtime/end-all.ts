import type { Executor } from '../executor/executor.js';
import { patienceTimers } from '../executor/patience-timers.js';
import { abandonBody } from '../executor/poll.js';
import { isAborted, isToBeTold } from '../task/state.js';
import type { Task } from '../task/task.js';

/**
 * Aborts every task of an executor, and those that they spawn while they end, until none lives.
 *
 * After `timeoutMs` what still lives is abandoned, as soon as it has had the poll that tells it of its abort: a poll
 * is no wait. `because` is said in the outcome of each. Rejects with what a policy threw, when all have ended.
 */
export function endAll(executor: Executor, timeoutMs: number, because: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const thrown: unknown[] = [];
    const giveUp = patienceTimers(executor).after(timeoutMs, () => {
      abandonAll(executor, [...executor.tasks()], `it had not ended ${timeoutMs} ms ${AFTER}`);
    });
    const look = (): void => {
      const tasks = executor.tasks();
      if (tasks.size === 0) {
        giveUp.cancel();
        if (thrown.length === 0) resolve();
        else reject(thrown[0]);
        return;
      }
      let left = tasks.size;
      for (const task of tasks) {
        // Who was asked to end before has a cause of its own.
        if (!isAborted(task)) task.withAttributes().cancelledBecause = because;
        try {
          task.abort();
        } catch (error) {
          thrown.push(error);
        }
        task.afterwards(() => {
          left -= 1;
          if (left === 0) look();
        });
      }
    };
    look();
  });
}

const AFTER = 'after the shutdown of its runtime';

/** Abandons `tasks`, those first that have been told: one that goes on and on must not keep the others from their poll. */
function abandonAll(executor: Executor, tasks: readonly Task<unknown>[], why: string): void {
  const { polls } = executor;
  for (const task of tasks) if (!isToBeTold(task)) abandonBody(executor, task, why);
  const toBeTold = tasks.filter(isToBeTold);
  if (toBeTold.length === 0) return;
  executor.host.macrotask(() => {
    // A policy that gives none of them any more is not waited for.
    if (executor.polls === polls) for (const task of toBeTold) abandonBody(executor, task, why);
    else abandonAll(executor, toBeTold, why);
  });
}
