import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { currentExecutor } from '../executor/current-executor.js';
import type { Executor } from '../executor/executor.js';
import { SHUT_DOWN } from '../executor/refused-task.js';
import { stopClock } from '../executor/stop-clock.js';
import { poolSize } from '../pool/pool-options.js';
import { currentTask } from '../task/current.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';
import { BlockingHome } from './blocking-home.js';
import { type Blocking, blockingOn } from './blocking-on.js';
import { endAll } from './end-all.js';
import './hold-clock.js';
import { adoptedExecutor, type Made, makeExecutor } from './make-executor.js';
import { type RuntimeMetrics, readMetrics } from './runtime-metrics.js';
import { checkRuntimeOptions, type RuntimeOptions } from './runtime-options.js';
import { type LocalSpawn, spawnOn } from './spawn-on.js';

/**
 * An executor of your own: a queue, a policy and a clock apart from the process's default runtime.
 *
 * Bare `spawn`, `sleep` and the rest use the runtime of the task that they are called in, so a program needs no
 * change to run on another one. Source: `tokio::runtime::Runtime` with the `current_thread` flavor.
 *
 * @example
 * const runtime = new Runtime({ eventInterval: 61 });
 * const handle = runtime.spawn(function* () {
 *   yield* yieldNow();
 *   return 1;
 * });
 * console.log((await handle).unwrap());
 * await runtime.shutdown();
 */
export class Runtime {
  readonly #executor: Executor;
  readonly #measured: Made['measured'];
  #hasEnded = false;
  readonly #blockingHome: BlockingHome;

  /** Makes a runtime. Throws a `TypeError` or `RangeError` that names the option which is wrong. */
  constructor(options: RuntimeOptions = {}) {
    checkRuntimeOptions(options);
    const { executor, measured } = adopted ?? makeExecutor(options, () => void this.#end(PANICKED));
    this.#executor = executor;
    this.#measured = measured;
    if (options.startPaused === true) stopClock(executor);
    this.#blockingHome = new BlockingHome(poolSize(options.blocking), this.#executor.debug);
    this.blocking = blockingOn(() => this.#blockingHome);
    this.spawnBlocking = this.blocking.spawn;
    this.spawn = spawnOn('runtime.spawn', () => this.#executor);
    runtimes.set(this.#executor, this);
    measured.watcher?.hooks.call('onThreadStart');
  }

  /** The executor of a runtime, for the parts of this library that drive it. */
  static executorOf(runtime: Runtime): Executor {
    return runtime.#executor;
  }

  /** The blocking pool of a runtime, by its executor. */
  static blockingHomeOf(executor: Executor): BlockingHome {
    return runtimeOf(executor).#blockingHome;
  }

  /** Spawns onto this runtime. As `spawn`, wherever it is called. Source: `Runtime::spawn`. */
  readonly spawn: LocalSpawn;

  /** Runs a function on a thread of this runtime's pool. As the bare one. Source: `Runtime::spawn_blocking`. */
  readonly spawnBlocking: ThreadSpawn;

  /** This runtime's blocking pool. */
  readonly blocking: Blocking;

  /** How this runtime runs its tasks: all on the thread that made it. Source: `Handle::runtime_flavor`. */
  readonly flavor = 'current-thread';

  /** The runtime of the current task, else the process's default one. Source: `Handle::current`. */
  static current(): Runtime {
    return runtimeOf(currentExecutor());
  }

  /**
   * Which of its runtime's threads polls the current task: 0, since there is one. Undefined outside any task. Source:
   * `tokio::runtime::worker_index`.
   */
  static workerIndex(): number | undefined {
    return currentTask() === undefined ? undefined : 0;
  }

  /**
   * Aborts every task and every blocking job, waits until all have settled, and ends the pool's threads. Later spawns give a handle that settles *cancelled*:
   * `task 7 was cancelled: its runtime was shut down`.
   *
   * `finally` blocks run, and may wait. Tasks that have not ended after `timeoutMs` (`Infinity` by default) are
   * abandoned; jobs have their grace, but no longer than this. Called from a task of the same runtime it throws an `Error`, since that task would wait for
   * itself. Source: `Runtime::shutdown_timeout`.
   */
  shutdown(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    checkOptionKeys('Runtime.shutdown', options, KNOWN_AT_SHUTDOWN);
    const { timeoutMs = Number.POSITIVE_INFINITY } = options;
    checkMs('Runtime.shutdown', 'timeoutMs', timeoutMs);
    if (currentTask()?.owner === this.#executor) {
      throw new Error('Runtime.shutdown: called from a task of this runtime, which would wait for itself.');
    }
    return this.#end(SHUT_DOWN, timeoutMs);
  }

  /**
   * As `shutdown({ timeoutMs: 0 })`, without waiting for it: tasks get one poll to end in, and are abandoned if they
   * have not; a job that runs is terminated. So it may be called by a task of the same runtime, which is
   * aborted with the others. Source: `Runtime::shutdown_background`.
   */
  shutdownBackground(): void {
    void this.#end(SHUT_DOWN, 0);
  }

  /** The same as `shutdown()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /** Reads the counters. */
  metrics(): RuntimeMetrics {
    return readMetrics(this.#executor, this.#measured);
  }

  #end(because: string, timeoutMs: number = Number.POSITIVE_INFINITY): Promise<void> {
    this.#executor.close(because);
    const tasks = endAll(this.#executor, timeoutMs, because);
    const jobs = this.#blockingHome.shutdown(timeoutMs, because);
    return Promise.all([tasks, jobs]).then(() => {
      if (this.#hasEnded) return;
      this.#hasEnded = true;
      this.#measured.watcher?.hooks.call('onThreadStop');
    });
  }
}

/** Said in the outcome of a task that another one's panic has ended. Source: tokio's own words. */
const PANICKED = 'a spawned task panicked and the runtime is configured to shut down on unhandled panic';
const KNOWN_AT_SHUTDOWN: ReadonlySet<string> = new Set(['timeoutMs']);

const runtimes = new WeakMap<Executor, Runtime>();

/** The executor that a runtime is being made around: the default one has come first. */
let adopted: Made | undefined;

function runtimeOf(executor: Executor): Runtime {
  const runtime = runtimes.get(executor);
  if (runtime !== undefined) return runtime;
  adopted = adoptedExecutor(executor);
  try {
    return new Runtime();
  } finally {
    adopted = undefined;
  }
}
