import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import type { HistogramConfiguration } from '../base/histogram.js';
import { safeInspect } from '../base/safe-inspect.js';
import { HOOKS, type RuntimeHooks } from '../executor/hooks.js';
import type { Host } from '../executor/host.js';
import type { BlockingPoolOptions } from '../pool/pool-options.js';
import type { Policy } from '../scheduler/policy.js';
import { checkHistogram } from './check-histogram.js';
import { checkWhole } from './check-options.js';
import { checkPolicy, type PolicyName } from './policy-of.js';

/** How a runtime is made. All may be left out. */
export interface RuntimeOptions extends RuntimeHooks {
  /**
   * Who is next. `'fifo'` is the default; `'priority'`, `'fair'` and `'lottery'` read what `task.builder` was given
   * or what a task has used. A `Policy` of your own belongs to one runtime; a task that it loses runs all the same,
   * and stderr says so.
   */
  readonly policy?: PolicyName | Policy;
  /** After how many polls timers and I/O are served; 512 by default. Source: `Builder::event_interval`. */
  readonly eventInterval?: number;
  /** After how many milliseconds timers and I/O are served; 1 by default. */
  readonly turnBudgetMs?: number;
  /**
   * Whether each spawn notes where it was called, which reports of hangs and panics then say, and whether polls are
   * looked at for `longPollMs`; it costs some microseconds a spawn. By default only where the environment has
   * `HEDDLE_DEBUG=1`.
   */
  readonly debug?: boolean;
  /**
   * After how many milliseconds a poll that holds the thread is reported on stderr, with its task, when it has ended;
   * `Infinity` is never. It is measured where this is given, and where `debug` is: 500 then.
   */
  readonly longPollMs?: number;
  /**
   * From which all that is random follows: the draws of `'lottery'`, and which branch a `select` asks first. Another one
   * each time by default. Source: `Builder::rng_seed`.
   */
  readonly seed?: number;
  /**
   * What a panic of a task means for the others: nothing, by default, or the end of all: then they are cancelled, and
   * so is every later spawn. Any panic counts, whether or not somebody waits for its task. Source: `Builder::unhandled_panic`.
   */
  readonly unhandledPanic?: 'ignore' | 'shutdown-runtime';
  /** Whether `metrics()` has a histogram of how long polls took; `false` by default, since each poll then reads the clock twice. */
  readonly enableMetricsPollTimeHistogram?: boolean;
  /** What its buckets are: ten of 0.1 ms by default. It enables nothing by itself. */
  readonly metricsPollTimeHistogramConfiguration?: HistogramConfiguration;
  /** Whether `metrics()` has a histogram of how long tasks were ready before they were polled, and hooks are told; `false` by default. */
  readonly enableMetricsScheduleLatencyHistogram?: boolean;
  /** What its buckets are: ten of 0.1 ms by default. It enables nothing by itself. */
  readonly metricsScheduleLatencyHistogramConfiguration?: HistogramConfiguration;
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

/** Throws a `TypeError` or `RangeError` that names the option which is wrong. */
export function checkRuntimeOptions(options: RuntimeOptions): void {
  checkOptionKeys('Runtime', options, KNOWN);
  const { policy, eventInterval, turnBudgetMs, longPollMs, seed, unhandledPanic, host } = options;
  if (policy !== undefined) checkPolicy(policy);
  if (eventInterval !== undefined) checkWhole('Runtime', 'eventInterval', eventInterval, 1);
  if (turnBudgetMs !== undefined && (typeof turnBudgetMs !== 'number' || !(turnBudgetMs > 0))) {
    throw new RangeError(
      `Runtime: turnBudgetMs must be a number above zero, got ${safeInspect(turnBudgetMs, 100)}`,
    );
  }
  for (const flag of FLAGS) {
    const value = options[flag];
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TypeError(`Runtime: ${flag} must be true or false, got ${safeInspect(value, 100)}`);
    }
  }
  if (longPollMs !== undefined) checkMs('Runtime', 'longPollMs', longPollMs);
  if (seed !== undefined) checkWhole('Runtime', 'seed', seed, 0);
  if (unhandledPanic !== undefined && unhandledPanic !== 'ignore' && unhandledPanic !== 'shutdown-runtime') {
    throw new TypeError(
      `Runtime: unhandledPanic must be 'ignore' or 'shutdown-runtime', got ${safeInspect(unhandledPanic, 100)}`,
    );
  }
  for (const hook of HOOKS) {
    const value = options[hook];
    if (value !== undefined && typeof value !== 'function') {
      throw new TypeError(`Runtime: ${hook} must be a function, got ${safeInspect(value, 100)}`);
    }
  }
  for (const histogram of HISTOGRAMS) checkHistogram(histogram, options[histogram]);
  if (host !== undefined) checkHost(host);
}

function checkHost(host: unknown): void {
  const given = Object(host) as Partial<Host>;
  const missing = (['now', 'microtask', 'macrotask', 'setTimer'] as const).find(
    (name) => typeof given[name] !== 'function',
  );
  if (missing === undefined) return;
  throw new TypeError(
    `Runtime: host must be a Host, got ${safeInspect(host, 100)}, which has no function ${missing}`,
  );
}

const FLAGS = [
  'debug',
  'startPaused',
  'enableMetricsPollTimeHistogram',
  'enableMetricsScheduleLatencyHistogram',
] as const;
const HISTOGRAMS = [
  'metricsPollTimeHistogramConfiguration',
  'metricsScheduleLatencyHistogramConfiguration',
] as const;

const KNOWN: ReadonlySet<string> = new Set<keyof RuntimeOptions>([
  'policy',
  'eventInterval',
  'turnBudgetMs',
  'longPollMs',
  'seed',
  'unhandledPanic',
  'blocking',
  'host',
  ...FLAGS,
  ...HISTOGRAMS,
  ...HOOKS,
]);
