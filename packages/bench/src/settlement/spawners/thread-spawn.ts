import { JoinSet, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import '../jobs/heddle-jobs.js';
import type { JobName } from '../jobs/job-name.js';
import { moduleUrl } from '../jobs/module-url.js';
import type { Spawner } from '../spawner.js';
import { running } from './heddle-handle.js';

setPanicHook(() => {});
const working = new URL('../jobs/heddle-jobs.js', import.meta.url);

/** heddle's OS threads: one for each job. */
export const spawner: Spawner = {
  lacks: {},
  open(setup) {
    const jobs = tasksFrom<Record<JobName, (arg: unknown) => unknown>>(moduleUrl(setup, working));
    const { spawn } = thread.builder(
      setup.heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: setup.heapMb } },
    );
    const set = new JoinSet<unknown>();
    return {
      run(name, arg) {
        const handle = spawn(jobs[name], arg);
        set.add(handle);
        return running(handle);
      },
      shutdown: () => set.shutdown(),
    };
  },
};
