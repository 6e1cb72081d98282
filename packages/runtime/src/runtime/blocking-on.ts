import { refusedTask } from '../executor/refused-task.js';
import { type BlockingOptions, checkBlockingOptions } from '../pool/blocking-options.js';
import { snapshot } from '../pool/snapshot.js';
import { abortOnSignal } from '../task/abort-on-signal.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Task } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';
import { leaveBehind } from '../wire/movable-class.js';
import { prepareJob } from '../wire/prepare-job.js';
import { spawnSite } from '../wire/spawn-site.js';
import type { BlockingHome } from './blocking-home.js';

/** The blocking pool of a runtime: `blocking` is that of the current one. */
export interface Blocking {
  /** The same as `spawnBlocking`, on this runtime. */
  readonly spawn: ThreadSpawn;
  /**
   * Prepares a spawn with options, to be used any number of times. Throws a `TypeError` or `RangeError` that names
   * the option which is wrong.
   *
   * @example
   * const urgent = blocking.builder({ name: 'crunch', priority: 1, deadlineMs: 5_000 });
   * console.log((await urgent.spawn((text) => text.length, 'heddle')).unwrap()); // 6
   */
  builder(options: BlockingOptions): BlockingBuilder;
  /**
   * Waits until the pool takes another job: back-pressure, where `spawnBlocking` would throw. First come first served.
   *
   * Room is not set aside: spawn in the same turn, as the line after `await blocking.ready()` does. Aborted, it
   * gives up its place.
   *
   * @example
   * for (const size of [1, 2, 3]) {
   *   await blocking.ready();
   *   spawnBlocking((size) => new Array(size).fill(0).length, size).detach();
   * }
   */
  ready(): Op<void>;
  /** Counts threads and jobs. */
  metrics(): BlockingMetrics;
}

/** A `spawnBlocking` that was prepared with options. It may be used many times. */
export interface BlockingBuilder {
  readonly spawn: ThreadSpawn;
}

/** What a blocking pool has done so far. Names are tokio's where it has them. */
export interface BlockingMetrics {
  readonly numBlockingThreads: number;
  readonly numIdleBlockingThreads: number;
  /** Jobs that wait for a thread. */
  readonly blockingQueueDepth: number;
  /** Jobs that gave a value. */
  readonly completed: number;
  readonly panicked: number;
  readonly cancelled: number;
  readonly crashed: number;
}

/** Makes the pool's functions for the runtime that `find` names at each call. */
export function blockingOn(find: () => BlockingHome): Blocking {
  return {
    spawn: (fn, ...args) => startBlocking(find(), NO_OPTIONS, fn, args),

    builder(options) {
      checkBlockingOptions(options);
      const kept = { ...options };
      return { spawn: (fn, ...args) => startBlocking(find(), kept, fn, args) };
    },

    ready: () => new Operation(find().pool.room()),
    metrics: () => metricsOf(find()),
  };
}

const NO_OPTIONS: BlockingOptions = {};

function startBlocking(
  home: BlockingHome,
  options: BlockingOptions,
  fn: unknown,
  args: readonly unknown[],
): JoinHandle<never> {
  const { pool } = home;
  if (pool.isFull) {
    throw new RangeError(
      `spawnBlocking: ${pool.maxQueue} jobs wait for a thread, which is the most that maxQueue allows. Await blocking.ready() before a spawn, or raise the option.`,
    );
  }
  const prepared = snapshot(prepareJob('spawnBlocking', fn, args));
  const { name, signal } = options;
  const attributes: TaskAttributes | undefined =
    name === undefined && !home.debug
      ? undefined
      : { name, spawnedAt: home.debug ? spawnSite(prepared.site) : undefined };
  if (home.closedBecause !== undefined) {
    leaveBehind(prepared.transfer);
    return new TaskHandle(refusedTask<never>(attributes, home.closedBecause));
  }
  const { task } = pool.spawn<never>(options, prepared, attributes);
  if (signal !== undefined) abortOnSignal(task as Task<unknown>, signal);
  return new TaskHandle(task);
}

function metricsOf({ made }: BlockingHome): BlockingMetrics {
  const { alive, idle } = made?.threads ?? { alive: 0, idle: 0 };
  const counts = made?.counts ?? { completed: 0, panicked: 0, cancelled: 0, crashed: 0 };
  return {
    numBlockingThreads: alive,
    numIdleBlockingThreads: idle,
    blockingQueueDepth: made?.queueDepth ?? 0,
    ...counts,
  };
}
