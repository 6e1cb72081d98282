import { fileURLToPath } from 'node:url';
import { Worker } from 'jest-worker';
import * as jobs from '../jobs/jobs.js';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';

const working = new URL('../jobs/jobs.js', import.meta.url);
const noAbort = 'a call cannot be taken back';

/** jest-worker with worker threads. */
export const spawner: Spawner = {
  lacks: { 'abort queued': noAbort, 'abort running': noAbort },
  open(setup) {
    const pool = new Worker(fileURLToPath(moduleUrl(setup, working)), {
      enableWorkerThreads: true,
      numWorkers: THREADS,
      exposedMethods: Object.keys(jobs),
      ...(setup.heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } }),
    });
    const methods = pool as unknown as Record<string, (arg: unknown) => Promise<unknown>>;
    return {
      run: (name, arg) => ({ ended: methods[name]!(arg) }),
      shutdown: () => pool.end(),
    };
  },
};
