import { Worker } from 'node:worker_threads';
import { releaseProxy, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { JobName } from '../jobs/job-name.js';
import { moduleUrl } from '../jobs/module-url.js';
import type { Spawner } from '../spawner.js';

const working = new URL('./comlink-worker.js', import.meta.url);
const noAbort = 'a call cannot be taken back';

/** comlink over one `Worker`: an object on another thread rather than a pool. */
export const spawner: Spawner = {
  lacks: { 'abort queued': noAbort, 'abort running': noAbort },
  open(setup) {
    const limits =
      setup.heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } };
    const worker = new Worker(moduleUrl(setup, working), limits);
    worker.on('error', () => {});
    const remote = wrap<Record<JobName, (arg: unknown) => unknown>>(nodeEndpoint(worker));
    return {
      run: (name, arg) => ({ ended: remote[name](arg) }),
      shutdown() {
        remote[releaseProxy]();
        return worker.terminate();
      },
    };
  },
};
