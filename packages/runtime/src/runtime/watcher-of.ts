import { Histogram, type HistogramConfiguration } from '../base/histogram.js';
import type { Executor } from '../executor/executor.js';
import { HOOKS, HookCaller } from '../executor/hooks.js';
import { type Host, nodeHost } from '../executor/host.js';
import { Watcher } from '../executor/watcher.js';
import type { ListedPolicy } from '../scheduler/policy.js';
import { publishSettle, publishSpawn } from '../task/publish-task.js';
import type { Task } from '../task/task.js';
import { LONG_POLL_MS, longPollReport } from './long-poll-report.js';
import { publishesTasks } from './publish-tasks.js';
import type { Measured } from './runtime-metrics.js';
import type { RuntimeOptions } from './runtime-options.js';

/** Of whom is watched: he is there only after his watcher. */
export interface WatchedRuntime {
  readonly executor: () => Executor | undefined;
  /** Hears that a task has panicked, and that nobody else deals with it. */
  readonly panicked: (task: Task<unknown>) => void;
}

/** What watches a runtime with these options: nobody, where they ask for nothing that has to be seen. */
export function watcherOf(
  options: RuntimeOptions,
  policy: ListedPolicy,
  debug: boolean,
  runtime: WatchedRuntime,
): Measured {
  const pollTimes = histogram(
    options.enableMetricsPollTimeHistogram,
    options.metricsPollTimeHistogramConfiguration,
  );
  const scheduleLatencies = histogram(
    options.enableMetricsScheduleLatencyHistogram,
    options.metricsScheduleLatencyHistogramConfiguration,
  );
  const host: Host = options.host ?? nodeHost;
  const longPollMs = options.longPollMs ?? (debug ? LONG_POLL_MS : undefined);
  const timed = pollTimes !== undefined || longPollMs !== undefined || reads(policy, 'usedMs');
  const latency = scheduleLatencies !== undefined || reads(policy, 'readySinceMs');
  const stops = options.unhandledPanic === 'shutdown-runtime';
  const hooked = HOOKS.some((hook) => options[hook] !== undefined);
  const publishes = publishesTasks();
  if (!timed && !latency && !stops && !hooked && !publishes)
    return { watcher: undefined, pollTimes, scheduleLatencies };
  const watcher = new Watcher({
    host,
    hooks: new HookCaller(options),
    timed,
    latency,
    pollTimes,
    scheduleLatencies,
    polled: longPollMs === undefined ? undefined : longPollReport(longPollMs, runtime.executor),
    spawned: publishes ? publishSpawn : undefined,
    ended:
      stops || publishes
        ? (task) => {
            if (stops) tellPanic(task, runtime.panicked);
            if (publishes) publishSettle(task);
          }
        : undefined,
  });
  return { watcher, pollTimes, scheduleLatencies };
}

const DEFAULT_HISTOGRAM: HistogramConfiguration = { kind: 'linear', resolutionMs: 0.1, numBuckets: 10 };

function histogram(
  enabled: boolean | undefined,
  configuration: HistogramConfiguration = DEFAULT_HISTOGRAM,
): Histogram | undefined {
  return enabled === true ? new Histogram(configuration) : undefined;
}

function reads(policy: ListedPolicy, number: 'usedMs' | 'readySinceMs'): boolean {
  return policy.reads?.includes(number) === true;
}

/** A body whose panic is thrown on, that of `main` say, ends what it has to by itself. */
function tellPanic(task: Task<unknown>, tell: (task: Task<unknown>) => void): void {
  const { outcome, attributes } = task;
  if (outcome?.ok === false && outcome.error.isPanic() && attributes?.unreported !== true) tell(task);
}
