import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool, spawn, Worker } from 'threads';
import type { JobName } from '../jobs/job-name.js';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';

const working = new URL('./threads-worker.js', import.meta.url);

type Exposed = Record<JobName, (arg: unknown) => Promise<unknown>>;

/** threads.js with its pool. */
export const spawner: Spawner = {
  lacks: { 'abort running': 'cancel() is for a task that has not begun' },
  open(setup) {
    const limits =
      setup.heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } };
    const path = pathFromHere(moduleUrl(setup, working));
    const pool = Pool(() => spawn<Exposed>(new Worker(path, limits)), THREADS);
    return {
      run(name, arg) {
        const task = pool.queue((exposed) => exposed[name](arg));
        return { ended: task, abort: () => task.cancel() };
      },
      shutdown: () => pool.terminate(true),
    };
  },
};

/** Its `Worker` takes a path from the file that calls it. */
function pathFromHere(url: URL): string {
  return `./${relative(fileURLToPath(new URL('.', import.meta.url)), fileURLToPath(url))}`;
}
