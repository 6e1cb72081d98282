import { fillDefaultExecutor } from '../executor/current-executor.js';
import { Executor, type ExecutorOptions } from '../executor/executor.js';
import { nodeHost } from '../executor/host.js';
import { countTasksOf } from '../executor/other-tasks.js';
import { fifo } from '../scheduler/fifo.js';
import { watchForHang } from './hang-report.js';

/**
 * This thread's own executor: what bare calls outside any task use. Made on first use.
 *
 * A `Runtime` is made around it when a program asks for one. The far side of a thread does not, and need not load
 * what a runtime has besides: each module is half a millisecond of a thread's start.
 */
export function defaultExecutor(): Executor {
  made ??= newExecutor();
  return made;
}

/** Makes an executor of the kind that a runtime has by default. */
export function newExecutor(options: Partial<ExecutorOptions> = {}): Executor {
  const executor = new Executor({
    host: nodeHost,
    policy: options.policy ?? fifo(),
    eventInterval: 512,
    turnBudgetMs: 1,
    debug: process.env.HEDDLE_DEBUG === '1',
    ...options,
  });
  watchForHang(executor);
  countTasksOf(executor);
  return executor;
}

let made: Executor | undefined;

fillDefaultExecutor(defaultExecutor);
