import { initRuntime, move, shutdown, spawn } from 'multithreading';
import type { JobName } from '../jobs/job-name.js';
import { moduleUrl } from '../jobs/module-url.js';
import { type Spawner, THREADS } from '../spawner.js';

const working = new URL('../jobs/jobs.js', import.meta.url);

initRuntime({ maxWorkers: THREADS });

/** multithreading, whose tasks are inline functions: this one imports the module of the jobs. */
export const spawner: Spawner = {
  lacks: { 'memory limit': 'it has no option for it' },
  open(setup) {
    const url = moduleUrl(setup, working).href;
    return {
      run(name, arg) {
        const handle = spawn(move(url, name, arg), async (url: string, name: JobName, arg: unknown) => {
          const jobs = (await import(url)) as Record<JobName, (arg: unknown) => unknown>;
          return jobs[name](arg);
        });
        return { ended: joinedValue(handle.join()), abort: () => handle.abort() };
      },
      shutdown: async () => shutdown(),
    };
  },
};

async function joinedValue(
  joined: Promise<{ ok: true; value: unknown } | { ok: false; error: Error }>,
): Promise<unknown> {
  const result = await joined;
  if (result.ok) return result.value;
  throw result.error;
}
