import type { JobMessage } from '../wire/job.js';
import { type LoadedJob, loadJob } from '../wire/load-job.js';
import type { LoadedTask } from '../wire/load-task.js';
import { receiveValue } from '../wire/receive-value.js';

/**
 * The functions of modules that this thread has run before, so that they are looked up and not loaded.
 *
 * Loading one again takes longer than most of what a pool's job costs besides. Inline functions are not among them:
 * each job has a function of its own, so that it does not find the last one's properties on it.
 */
export class KnownFunctions {
  readonly #byModule = new Map<string, Map<string, LoadedTask>>();

  /** The job, where its function is known. Throws what its arguments cannot be received for. */
  find({ fn, args, context }: JobMessage): LoadedJob | undefined {
    const known = fn.kind === 'module' ? this.#byModule.get(fn.url)?.get(fn.name) : undefined;
    return known === undefined ? undefined : { fn: known, args: receiveValue(args) as unknown[], context };
  }

  /** Loads the function of a job. See `loadJob`. */
  async load(job: JobMessage): Promise<LoadedJob> {
    const loaded = await loadJob(job);
    if (job.fn.kind === 'module') {
      const { url, name } = job.fn;
      const names = this.#byModule.get(url) ?? new Map<string, LoadedTask>();
      this.#byModule.set(url, names.set(name, loaded.fn));
    }
    return loaded;
  }
}
