import type { Histogram, HistogramBucket } from '../base/histogram.js';
import type { Executor } from '../executor/executor.js';
import type { Watcher } from '../executor/watcher.js';

/**
 * What a runtime has done so far. Names are tokio's, without its `worker_`: one thread polls all tasks here.
 *
 * Source: `tokio::runtime::RuntimeMetrics`.
 */
export interface RuntimeMetrics {
  /** Threads that poll tasks. */
  readonly numWorkers: 1;
  readonly numAliveTasks: number;
  readonly spawnedTasksCount: number;
  /** Tasks that are ready and wait for a poll. */
  readonly queueDepth: number;
  /** Steps of tasks, from resume to suspend. */
  readonly pollCount: number;
  /** Times that a task became ready, by its spawn, a wake or by giving way; nothing on another thread makes one ready. */
  readonly localScheduleCount: number;
  /** Times that the executor began to poll. */
  readonly turnCount: number;
  /**
   * Times that the executor had nothing to poll, the beginning counted. While V8 runs the body of an async task
   * that is alone, it has nothing to poll either; that is not counted where there are hooks or histograms.
   */
  readonly parkCount: number;
  /** The same, and the times that it had something again: odd while it has nothing, even while it has, or is shut down. */
  readonly parkUnparkCount: number;
  /** Times that a task had to suspend because the budget of its poll was used up. */
  readonly budgetForcedYieldCount: number;
  /** Aborted tasks that would not end and were left running. */
  readonly abandonedTasksCount: number;
  /** How long polls have taken in all, in milliseconds; 0 unless polls are timed. */
  readonly totalBusyDurationMs: number;
  /** How long a poll takes on the average, in milliseconds; 0 unless polls are timed. */
  readonly meanPollTimeMs: number;
  readonly pollTimeHistogramEnabled: boolean;
  /** How many polls took how long; empty unless it is enabled. */
  readonly pollTimeHistogram: readonly HistogramBucket[];
  readonly scheduleLatencyHistogramEnabled: boolean;
  /** How many tasks were ready for how long before they were polled; empty unless it is enabled. */
  readonly scheduleLatencyHistogram: readonly HistogramBucket[];
}

/** What is measured of an executor beside what it counts by itself. */
export interface Measured {
  readonly watcher: Watcher | undefined;
  readonly pollTimes: Histogram | undefined;
  readonly scheduleLatencies: Histogram | undefined;
}

/** Reads the counters. */
export function readMetrics(executor: Executor, measured: Measured): RuntimeMetrics {
  const { watcher, pollTimes, scheduleLatencies } = measured;
  const parkCount = watcher?.parks ?? executor.idles;
  const parked = (watcher?.isParked ?? executor.isIdle) && !executor.isClosed;
  const { busyMs, timedPolls } = watcher ?? { busyMs: 0, timedPolls: 0 };
  return {
    numWorkers: 1,
    numAliveTasks: executor.tasksAlive,
    spawnedTasksCount: executor.spawned,
    queueDepth: executor.queueDepth,
    pollCount: executor.polls,
    localScheduleCount: executor.polls + executor.queueDepth + executor.dropped,
    turnCount: executor.turns,
    parkCount,
    parkUnparkCount: 2 * parkCount - (parked ? 1 : 0),
    budgetForcedYieldCount: executor.forcedYields,
    abandonedTasksCount: executor.abandoned,
    totalBusyDurationMs: busyMs,
    meanPollTimeMs: timedPolls === 0 ? 0 : busyMs / timedPolls,
    pollTimeHistogramEnabled: pollTimes !== undefined,
    pollTimeHistogram: pollTimes?.buckets() ?? [],
    scheduleLatencyHistogramEnabled: scheduleLatencies !== undefined,
    scheduleLatencyHistogram: scheduleLatencies?.buckets() ?? [],
  };
}
