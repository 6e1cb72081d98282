import { fileURLToPath } from 'node:url';
import { pool as openPool } from 'workerpool';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';

const working = new URL('./workerpool-worker.js', import.meta.url);

/** workerpool with a dedicated worker script. */
export const spawner: Spawner = {
  lacks: {},
  open(setup) {
    const pool = openPool(fileURLToPath(moduleUrl(setup, working)), {
      workerType: 'thread',
      maxWorkers: THREADS,
      ...(setup.heapMb === undefined
        ? {}
        : { workerThreadOpts: { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } } }),
    });
    return {
      run(name, arg) {
        const ended = pool.exec(name, [arg]);
        return { ended: ended as PromiseLike<unknown>, abort: () => void ended.cancel() };
      },
      shutdown: () => pool.terminate(true) as PromiseLike<unknown>,
    };
  },
};
