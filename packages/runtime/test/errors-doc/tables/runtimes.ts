import { Runtime, setPanicHook } from '@heddle/runtime';
import { type Provocations, panicOf, wrong } from '../provocations.js';

const NOTHING = {
  lifoSlot: false,
  size: 0,
  push: () => undefined,
  pop: () => undefined,
  remove: () => false,
};

/** What is said of the options of a runtime, and of its end. */
export const runtimes: Provocations = {
  "Runtime: policy must be 'fifo', 'priority', 'fair', 'lottery' or a Policy, got ‹value›": [
    () => new Runtime({ policy: wrong('lifo') }),
    () => new Runtime({ policy: wrong(null) }),
    () => new Runtime({ policy: wrong({ ...NOTHING, size: undefined }) }),
    () => new Runtime({ policy: wrong({ ...NOTHING, lifoSlot: undefined }) }),
  ],
  "Runtime: what a policy reads must be a list of 'usedMs' and 'readySinceMs', got ‹value›": () =>
    new Runtime({ policy: { ...NOTHING, reads: wrong('usedMs') } }),
  "a policy read ‹number›, which is measured for one that says so alone: add reads: ['‹number›'] to it": [
    () => new Runtime({ policy: { ...NOTHING, push: (task) => task.usedMs } }).spawn(() => 1),
    () => new Runtime({ policy: { ...NOTHING, push: (task) => task.readySinceMs } }).spawn(() => 1),
  ],
  'Runtime: ‹option› must be true or false, got ‹value›': [
    () => new Runtime({ debug: wrong(1) }),
    () => new Runtime({ startPaused: wrong(1) }),
    () => new Runtime({ enableMetricsPollTimeHistogram: wrong('yes') }),
  ],
  'Runtime: turnBudgetMs must be a number above zero, got ‹value›': () => new Runtime({ turnBudgetMs: 0 }),
  'Runtime: host must be a Host, got ‹value›, which has no function ‹name›': [
    () => new Runtime({ host: wrong({}) }),
    () => new Runtime({ host: wrong(null) }),
  ],
  "Runtime: unhandledPanic must be 'ignore' or 'shutdown-runtime', got ‹value›": () =>
    new Runtime({ unhandledPanic: wrong('abort') }),
  'Runtime: ‹hook› must be a function, got ‹value›': () => new Runtime({ onPark: wrong('park') }),
  "Runtime: ‹option›: kind must be 'linear' or 'log', got ‹value›": () =>
    new Runtime({ metricsPollTimeHistogramConfiguration: wrong({ kind: 'h2' }) }),
  'Runtime: ‹option›: resolutionMs must be a number of milliseconds above zero, got ‹value›': () =>
    new Runtime({
      metricsScheduleLatencyHistogramConfiguration: { kind: 'log', resolutionMs: 0, numBuckets: 3 },
    }),
  'Runtime.shutdown: called from a task of this runtime, which would wait for itself.': () => {
    const runtime = new Runtime();
    return panicOf(runtime.spawn(() => runtime.shutdown()));
  },
  'task ‹id› was cancelled: a spawned task panicked and the runtime is configured to shut down on unhandled panic':
    async () => {
      const runtime = new Runtime({ unhandledPanic: 'shutdown-runtime' });
      setPanicHook(() => undefined);
      try {
        await runtime.spawn(() => Promise.reject(new Error('boom')));
      } finally {
        setPanicHook(null);
      }
      return runtime.spawn(() => 1);
    },
};
