import { Tinypool } from 'tinypool';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';

const working = new URL('../jobs/jobs.js', import.meta.url);

/** tinypool as it comes. */
export const spawner: Spawner = {
  lacks: {},
  open(setup) {
    const pool = new Tinypool({
      filename: moduleUrl(setup, working).href,
      minThreads: THREADS,
      maxThreads: THREADS,
      ...(setup.heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } }),
    });
    pool.on('error', () => {});
    return {
      run(name, arg, abortable) {
        if (abortable !== true) return { ended: pool.run(arg, { name }) };
        const abort = new AbortController();
        return { ended: pool.run(arg, { name, signal: abort.signal }), abort: () => abort.abort() };
      },
      shutdown: () => pool.destroy(),
    };
  },
};
