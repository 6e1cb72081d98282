import { type Spawner, THREADS } from '../spawner.js';

/** A column of the table. */
export interface Column {
  /** The npm package, whose version is reported. */
  readonly package: string;
  /** Its name in two short lines, for a terminal. */
  readonly heading: readonly [string, string];
  /** How it is used here: what is not its default, and what a reader should know. */
  readonly setup: string;
  /** Whether it is of this repository: then every row must hold. */
  readonly ours: boolean;
  readonly load: () => Promise<{ readonly spawner: Spawner }>;
}

/** Every column, in order. A spawner is loaded by itself, in the process of a cell. */
export const columns: Readonly<Record<string, Column>> = {
  'thread.spawn': {
    heading: ['thread', '.spawn'],
    package: '@heddle/runtime',
    setup:
      'one thread for each job, 256 at a time; the class that a job throws is registered with registerClass; shut down as a JoinSet',
    ours: true,
    load: () => import('./thread-spawn.js'),
  },
  spawnBlocking: {
    heading: ['spawn', 'Blocking'],
    package: '@heddle/runtime',
    setup: `the pool of a Runtime with maxThreads ${THREADS} and maxQueue 100,000; the class that a job throws is registered; shut down by Runtime.shutdown()`,
    ours: true,
    load: () => import('./spawn-blocking.js'),
  },
  piscina: {
    heading: ['piscina', ''],
    package: 'piscina',
    setup: `its defaults, with maxThreads ${THREADS} and a listener for its error event, without which that event ends the process`,
    ours: false,
    load: () => import('./piscina.js'),
  },
  tinypool: {
    heading: ['tinypool', ''],
    package: 'tinypool',
    setup: `its defaults, with minThreads and maxThreads ${THREADS} and a listener for its error event`,
    ours: false,
    load: () => import('./tinypool.js'),
  },
  workerpool: {
    heading: ['worker', 'pool'],
    package: 'workerpool',
    setup: `worker threads, maxWorkers ${THREADS}, else its defaults; aborted by cancel(), shut down by terminate(true)`,
    ours: false,
    load: () => import('./workerpool.js'),
  },
  poolifier: {
    heading: ['pool', 'ifier'],
    package: 'poolifier',
    setup: `a FixedThreadPool of ${THREADS} with its defaults, an errorHandler as in its first example, and a listener for its error event`,
    ours: false,
    load: () => import('./poolifier.js'),
  },
  threads: {
    heading: ['threads', ''],
    package: 'threads',
    setup: `its Pool of ${THREADS}; a queued task is aborted by cancel(), and the pool shut down by terminate(true)`,
    ours: false,
    load: () => import('./threads.js'),
  },
  comlink: {
    heading: ['comlink', ''],
    package: 'comlink',
    setup:
      'one Worker with an error listener, and no pool: the neighbour is another call to it; shut down by releaseProxy and terminate()',
    ours: false,
    load: () => import('./comlink.js'),
  },
  'jest-worker': {
    heading: ['jest', '-worker'],
    package: 'jest-worker',
    setup: `enableWorkerThreads, numWorkers ${THREADS}, else its defaults; shut down by end()`,
    ours: false,
    load: () => import('./jest-worker.js'),
  },
  multithreading: {
    heading: ['multi-', 'thread.'],
    package: 'multithreading',
    setup: `maxWorkers ${THREADS}; one inline function that imports the jobs; no polyfill of ours, so on Node 20 it does not load`,
    ours: false,
    load: () => import('./multithreading.js'),
  },
};
