import { seededRandom } from '../base/seeded-random.js';
import type { Executor } from '../executor/executor.js';
import { RecordingWatch } from '../executor/recording-watch.js';
import { Watcher } from '../executor/watcher.js';
import { fifo } from '../scheduler/fifo.js';
import { fillDebugWatch, isDebug, newExecutor } from './default-executor.js';
import { policyOf } from './policy-of.js';
import type { Measured } from './runtime-metrics.js';
import type { RuntimeOptions } from './runtime-options.js';
import { watcherOf } from './watcher-of.js';

/** An executor, and what is measured of it. */
export interface Made {
  readonly executor: Executor;
  readonly measured: Measured;
}

/** Makes the executor of a runtime. `panicked` is called when a task has ended the runtime by its panic. */
export function makeExecutor(options: RuntimeOptions, panicked: () => void): Made {
  const { eventInterval, turnBudgetMs, seed, host } = options;
  const debug = options.debug ?? isDebug();
  const random = seededRandom(seed ?? Math.random() * 2 ** 32);
  const policy = policyOf(options.policy ?? 'fifo', random);
  let executor: Executor | undefined;
  const measured = watcherOf(options, policy, debug, {
    executor: () => executor,
    panicked: () => {
      if (executor?.isClosed === false) panicked();
    },
  });
  const { watcher } = measured;
  executor = newExecutor({
    policy: watcher?.around(policy) ?? policy,
    debug,
    random,
    ...(watcher === undefined ? {} : { watch: watcher }),
    ...(eventInterval === undefined ? {} : { eventInterval }),
    ...(turnBudgetMs === undefined ? {} : { turnBudgetMs }),
    ...(host === undefined ? {} : { host }),
  });
  return { executor, measured };
}

/** The executor that came first, for a runtime that is made around it. */
export function adoptedExecutor(executor: Executor): Made {
  const { watch } = executor;
  const own = watch instanceof RecordingWatch ? watch.inner : watch;
  const watcher = own instanceof Watcher ? own : undefined;
  return { executor, measured: { watcher, pollTimes: undefined, scheduleLatencies: undefined } };
}

fillDebugWatch((executor) => {
  const { watcher } = watcherOf({}, fifo(), isDebug(), { executor, panicked: () => undefined });
  return watcher as Watcher;
});
