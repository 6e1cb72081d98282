import { compileInline } from './compile-inline.js';
import type { JobMessage } from './job.js';
import type { CarriedValue } from './job-context.js';
import { type LoadedTask, loadTask } from './load-task.js';
import { receiveValue } from './receive-value.js';

/** A job on the thread that runs it. */
export interface LoadedJob {
  readonly fn: LoadedTask;
  readonly args: readonly unknown[];
  /** Still as it was sent. */
  readonly context: readonly CarriedValue[] | undefined;
}

/**
 * Gets the function of a job, by importing its module or compiling its source, and its arguments.
 *
 * Rejects with the error that is the task's panic: `ERR_TASK_MODULE`, or what the module threw at load.
 */
export async function loadJob({ fn, args, context }: JobMessage): Promise<LoadedJob> {
  const loaded = fn.kind === 'module' ? await loadTask(fn) : await compileInline(fn);
  // After the module: it is the module that registers its classes.
  return { fn: loaded, args: receiveValue(args) as readonly unknown[], context };
}
