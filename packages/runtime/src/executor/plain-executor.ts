import { fifo } from '../scheduler/fifo.js';
import { Executor, type ExecutorOptions } from './executor.js';
import { nodeHost } from './host.js';
import { noteExecutor } from './live-executors.js';
import { countTasks } from './other-tasks.js';

/** Makes an executor of the kind that a runtime has by default, for whom nobody watches that it hangs. */
export function plainExecutor(options: Partial<ExecutorOptions> = {}): Executor {
  const executor = new Executor({
    host: nodeHost,
    policy: options.policy ?? fifo(),
    eventInterval: 512,
    turnBudgetMs: 1,
    random: Math.random,
    debug: process.env.HEDDLE_DEBUG === '1',
    ...options,
  });
  countTasks();
  noteExecutor(executor);
  return executor;
}
