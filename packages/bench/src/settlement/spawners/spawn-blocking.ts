import { Runtime, setPanicHook, tasksFrom } from '@heddle/runtime';
import '../jobs/heddle-jobs.js';
import type { JobName } from '../jobs/job-name.js';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';
import { running } from './heddle-handle.js';

setPanicHook(() => {});
const working = new URL('../jobs/heddle-jobs.js', import.meta.url);

/** heddle's pool of threads. */
export const spawner: Spawner = {
  lacks: {},
  open(setup) {
    const jobs = tasksFrom<Record<JobName, (arg: unknown) => unknown>>(moduleUrl(setup, working));
    const runtime = new Runtime({
      blocking: {
        maxThreads: THREADS,
        maxQueue: 100_000,
        ...(setup.heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } }),
      },
    });
    return {
      run: (name, arg) => running(runtime.spawnBlocking(jobs[name], arg)),
      shutdown: () => runtime.shutdown(),
    };
  },
};
