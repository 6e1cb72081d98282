import { fileURLToPath } from 'node:url';
import { FixedThreadPool, PoolEvents } from 'poolifier';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';

const working = new URL('./poolifier-worker.js', import.meta.url);

/** poolifier's fixed pool, with the error handler that its first example has. */
export const spawner: Spawner = {
  lacks: {},
  open(setup) {
    const pool = new FixedThreadPool<unknown, unknown>(THREADS, fileURLToPath(moduleUrl(setup, working)), {
      errorHandler: () => {},
      ...(setup.heapMb === undefined
        ? {}
        : { workerOptions: { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } } }),
    });
    pool.emitter?.on(PoolEvents.error, () => {});
    return {
      run(name, arg, abortable) {
        if (abortable !== true) return { ended: pool.execute(arg, name) };
        const abort = new AbortController();
        return { ended: pool.execute(arg, name, abort.signal), abort: () => abort.abort() };
      },
      shutdown: () => pool.destroy(),
    };
  },
};
