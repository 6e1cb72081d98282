import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { writeStderr } from '../base/stderr.js';
import { currentExecutor } from '../executor/current-executor.js';
import type { Executor, ExecutorOptions } from '../executor/executor.js';
import type { Host } from '../executor/host.js';
import { SHUT_DOWN } from '../executor/refused-task.js';
import { stopClock } from '../executor/stop-clock.js';
import { type BlockingPoolOptions, poolSize } from '../pool/pool-options.js';
import { fifo } from '../scheduler/fifo.js';
import { guarded } from '../scheduler/guarded.js';
import type { Policy } from '../scheduler/policy.js';
import { currentTask } from '../task/current.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';
import { BlockingHome } from './blocking-home.js';
import { type Blocking, blockingOn } from './blocking-on.js';
import { checkWhole } from './check-options.js';
import { newExecutor } from './default-executor.js';
import { endAll } from './end-all.js';
import './hold-clock.js';
import { type LocalSpawn, spawnOn } from './spawn-on.js';

/** How a runtime is made. All may be left out. */
export interface RuntimeOptions {
  /**
   * Who is next. `'fifo'` is the default; a `Policy` of your own belongs to one runtime. A task that it loses runs
   * all the same, and stderr says so.
   */
  readonly policy?: 'fifo' | Policy;
  /** After how many polls timers and I/O are served; 512 by default. Source: `Builder::event_interval`. */
  readonly eventInterval?: number;
  /** After how many milliseconds timers and I/O are served; 1 by default. */
  readonly turnBudgetMs?: number;
  /**
   * Whether each spawn notes where it was called, which reports of hangs and panics then say; it costs some
   * microseconds a spawn. By default only where the environment has `HEDDLE_DEBUG=1`.
   */
  readonly debug?: boolean;
  /** How many threads `spawnBlocking` has on this runtime, and how many jobs may wait for one. */
  readonly blocking?: BlockingPoolOptions;
  /**
   * Whether its clock begins stopped, as after `pause()` of `@heddle/runtime/time`: for tests. Source:
   * `Builder::start_paused`.
   */
  readonly startPaused?: boolean;
  /** The event loop; Node's by default. `@heddle/runtime/testing` has one that is turned by hand. */
  readonly host?: Host;
}

/** What a runtime has done so far. Names are tokio's. */
export interface RuntimeMetrics {
  /** Steps of tasks, from resume to suspend. */
  readonly pollCount: number;
  /** Times that the executor began to poll. */
  readonly turnCount: number;
  readonly spawnedTasksCount: number;
  readonly numAliveTasks: number;
  /** Tasks that are ready and wait for a poll. */
  readonly queueDepth: number;
  /** Aborted async tasks that would not end and were left running. */
  readonly abandonedTasksCount: number;
}

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
  readonly #blockingHome: BlockingHome;

  /** Makes a runtime. Throws a `TypeError` or `RangeError` that names the option which is wrong. */
  constructor(options: RuntimeOptions = {}) {
    checkOptionKeys('Runtime', options, KNOWN);
    this.#executor = adopted ?? newExecutor(executorOptions(options));
    if (options.startPaused === true) stopClock(this.#executor);
    this.#blockingHome = new BlockingHome(poolSize(options.blocking), this.#executor.debug);
    this.blocking = blockingOn(() => this.#blockingHome);
    this.spawnBlocking = this.blocking.spawn;
    this.spawn = spawnOn('runtime.spawn', () => this.#executor);
    runtimes.set(this.#executor, this);
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

  /** The runtime of the current task, else the process's default one. Source: `Handle::current`. */
  static current(): Runtime {
    return runtimeOf(currentExecutor());
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
    this.#executor.close();
    const tasks = endAll(this.#executor, timeoutMs, SHUT_DOWN);
    return Promise.all([tasks, this.#blockingHome.shutdown(timeoutMs)]).then(() => undefined);
  }

  /** The same as `shutdown()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /** Reads the counters. */
  metrics(): RuntimeMetrics {
    const executor = this.#executor;
    return {
      pollCount: executor.polls,
      turnCount: executor.turns,
      spawnedTasksCount: executor.spawned,
      numAliveTasks: executor.spawned - executor.settled,
      queueDepth: executor.queueDepth,
      abandonedTasksCount: executor.abandoned,
    };
  }
}

const KNOWN: ReadonlySet<string> = new Set<keyof RuntimeOptions>([
  'policy',
  'eventInterval',
  'turnBudgetMs',
  'debug',
  'blocking',
  'startPaused',
  'host',
]);
const KNOWN_AT_SHUTDOWN: ReadonlySet<string> = new Set(['timeoutMs']);

const runtimes = new WeakMap<Executor, Runtime>();

/** The executor that a runtime is being made around: the default one has come first. */
let adopted: Executor | undefined;

function runtimeOf(executor: Executor): Runtime {
  const runtime = runtimes.get(executor);
  if (runtime !== undefined) return runtime;
  adopted = executor;
  try {
    return new Runtime();
  } finally {
    adopted = undefined;
  }
}

/** What is given, checked. */
function executorOptions(options: RuntimeOptions): Partial<ExecutorOptions> {
  const { policy, eventInterval, turnBudgetMs, debug, startPaused, host } = options;
  if (eventInterval !== undefined) checkWhole('Runtime', 'eventInterval', eventInterval, 1);
  if (turnBudgetMs !== undefined && (typeof turnBudgetMs !== 'number' || !(turnBudgetMs > 0))) {
    throw new RangeError(
      `Runtime: turnBudgetMs must be a number above zero, got ${safeInspect(turnBudgetMs, 100)}`,
    );
  }
  if (debug !== undefined && typeof debug !== 'boolean') {
    throw new TypeError(`Runtime: debug must be true or false, got ${safeInspect(debug, 100)}`);
  }
  if (startPaused !== undefined && typeof startPaused !== 'boolean') {
    throw new TypeError(`Runtime: startPaused must be true or false, got ${safeInspect(startPaused, 100)}`);
  }
  return {
    ...(policy === undefined ? {} : { policy: policyOf(policy) }),
    ...(eventInterval === undefined ? {} : { eventInterval }),
    ...(turnBudgetMs === undefined ? {} : { turnBudgetMs }),
    ...(debug === undefined ? {} : { debug }),
    ...(host === undefined ? {} : { host }),
  };
}

function policyOf(policy: unknown): Policy {
  if (policy === 'fifo') return fifo();
  const given = policy as Partial<Policy> | null;
  if (
    typeof given?.push === 'function' &&
    typeof given.pop === 'function' &&
    typeof given.remove === 'function'
  ) {
    return guarded(given as Policy, (mistake) => {
      writeStderr(`heddle: the policy of a runtime is wrong: ${mistake}\n`);
    });
  }
  throw new TypeError(`Runtime: policy must be 'fifo' or a Policy, got ${safeInspect(policy, 100)}`);
}
