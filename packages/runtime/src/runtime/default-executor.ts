import { fillDefaultExecutor } from '../executor/current-executor.js';
import type { Executor, ExecutorOptions } from '../executor/executor.js';
import { plainExecutor } from '../executor/plain-executor.js';
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
export function newExecutor(options?: Partial<ExecutorOptions>): Executor {
  const executor = plainExecutor(options);
  watchForHang(executor);
  return executor;
}

let made: Executor | undefined = fillDefaultExecutor(defaultExecutor);
if (made !== undefined) watchForHang(made);
