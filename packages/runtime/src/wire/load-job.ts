import { compileInline } from './compile-inline.js';
import type { JobMessage } from './job.js';
import type { CarriedValue } from './job-context.js';
import { type LoadedTask, loadTask } from './load-task.js';
import { movableNamed } from './movable-class.js';
import type { Payload } from './payload.js';
import { receiveValue } from './receive-value.js';
import { classNamed } from './register-class.js';

/** A job on the thread that runs it. */
export interface LoadedJob {
  readonly fn: LoadedTask;
  readonly args: readonly unknown[];
  /** Still as it was sent. */
  readonly context: readonly CarriedValue[] | undefined;
}

let loadOwnKinds: () => Promise<unknown> = () => Promise.resolve();

/** Says how to load those classes of this library that a job may bring along, and that few do: locks and channels. */
export function fillOwnKinds(load: () => Promise<unknown>): void {
  loadOwnKinds = load;
}

function bringsOwnKind({ restore }: Payload): boolean {
  return restore?.some(({ of }) => of?.startsWith('heddle.') && !isKnown(of)) === true;
}

function isKnown(name: string): boolean {
  return classNamed(name) !== undefined || movableNamed(name) !== undefined;
}

/**
 * Gets the function of a job, by importing its module or compiling its source, and its arguments.
 *
 * Rejects with the error that is the task's panic: `ERR_TASK_MODULE`, or what the module threw at load.
 */
export async function loadJob({ fn, args, context }: JobMessage): Promise<LoadedJob> {
  const loaded = fn.kind === 'module' ? await loadTask(fn) : await compileInline(fn);
  if (bringsOwnKind(args) || context?.some(({ payload }) => bringsOwnKind(payload))) await loadOwnKinds();
  // After the module: it is the module that registers its classes.
  return { fn: loaded, args: receiveValue(args) as readonly unknown[], context };
}
