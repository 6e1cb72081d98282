import { fillDefaultExecutor } from '../executor/current-executor.js';
import type { Executor, ExecutorOptions } from '../executor/executor.js';
import { plainExecutor } from '../executor/plain-executor.js';
import type { Watch } from '../executor/runner.js';
import { watchForHang } from './hang-report.js';
import { publishesTasks } from './publish-tasks.js';

/**
 * This thread's own executor: what bare calls outside any task use. Made on first use.
 *
 * A `Runtime` is made around it when a program asks for one. The far side of a thread does not, and need not load
 * what a runtime has besides: each module is half a millisecond of a thread's start.
 */
export function defaultExecutor(): Executor {
  made ??= newExecutor(isDebug() || publishesTasks() ? watchedForDebug() : {});
  return made;
}

/** Makes an executor of the kind that a runtime has by default. */
export function newExecutor(options?: Partial<ExecutorOptions>): Executor {
  const executor = plainExecutor(options);
  watchForHang(executor);
  return executor;
}

/** Whether the program was started to be looked into. */
export function isDebug(): boolean {
  return process.env.HEDDLE_DEBUG === '1';
}

/** Says who watches the default executor where the program was started to be looked into. */
export function fillDebugWatch(make: (executor: () => Executor | undefined) => Watch): void {
  makeDebugWatch = make;
}

let makeDebugWatch: ((executor: () => Executor | undefined) => Watch) | undefined;

function watchedForDebug(): Partial<ExecutorOptions> {
  const watch = makeDebugWatch?.(() => made);
  return watch === undefined ? {} : { watch };
}

let made: Executor | undefined = fillDefaultExecutor(defaultExecutor);
if (made !== undefined) watchForHang(made);
