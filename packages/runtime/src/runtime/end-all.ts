import type { Executor } from '../executor/executor.js';
import { patienceTimers } from '../executor/patience-timers.js';
import { abandonBody } from '../executor/poll.js';
import { isAborted } from '../task/state.js';

/**
 * Aborts every task of an executor, and those that they spawn while they end, until none lives.
 *
 * After `timeoutMs` what still lives is abandoned. `because` is said in the outcome of each.
 */
export function endAll(executor: Executor, timeoutMs: number, because: string): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = patienceTimers(executor).after(timeoutMs, () => abandonAll(executor, timeoutMs));
    const look = (): void => {
      const tasks = executor.tasks();
      if (tasks.size === 0) {
        giveUp.cancel();
        resolve();
        return;
      }
      let left = tasks.size;
      for (const task of tasks) {
        // Who was asked to end before has a cause of its own.
        if (!isAborted(task)) task.withAttributes().cancelledBecause = because;
        task.abort();
        task.afterwards(() => {
          left -= 1;
          if (left === 0) look();
        });
      }
    };
    look();
  });
}

function abandonAll(executor: Executor, timeoutMs: number): void {
  for (const task of executor.tasks()) {
    abandonBody(executor, task, `it had not ended ${timeoutMs} ms after the shutdown of its runtime`);
  }
}
