import { safeInspect } from '../base/safe-inspect.js';
import { refuseBundled } from './bundled.js';
import { type CallSite, callSite } from './inline/call-site.js';
import { inlineFunction } from './inline-fn.js';
import type { JobFunction, ModuleFunction, PreparedJob } from './job.js';
import { packContext } from './job-context.js';
import { refusal } from './refusal.js';
import { sendValue } from './send-value.js';
import { isTaskRef, readTaskRef, type TaskTarget } from './task-ref.js';
import { isSimple } from './value/simple.js';

/**
 * Makes a call to a spawner ready to be sent to another thread, or refuses it. Nothing is run or loaded.
 *
 * @param spawner the name that a refusal begins with: `thread.spawn`.
 * @throws {TypeError} `ERR_NOT_SELF_CONTAINED` for a function that cannot cross, `ERR_NOT_SENDABLE` for an
 *   argument that cannot, and for what goes along (see `packContext`).
 * @throws {Error} in a bundle.
 */
export function prepareJob(spawner: string, fn: unknown, args: readonly unknown[]): PreparedJob {
  refuseBundled(spawner);
  const site = typeof fn === 'function' ? callSite() : undefined;
  const job = jobFunction(spawner, fn, site);
  const packed = packContext(spawner);
  // Most jobs carry a few numbers and texts, of which there is nothing to survey.
  const { payload, transfer } = args.every(isSimple)
    ? { payload: { value: args }, transfer: [] }
    : sendValue(args, 'args', `${spawner}: `);
  if (packed === undefined) return { message: { fn: job, args: payload }, transfer, site };
  return {
    message: { fn: job, args: payload, context: packed.carried },
    transfer: [...new Set([...transfer, ...packed.transfer])],
    site,
  };
}

function jobFunction(spawner: string, fn: unknown, site: CallSite | undefined): JobFunction {
  if (typeof fn === 'function' && site !== undefined) return inlineFunction(spawner, fn, site);
  if (isTaskRef(fn)) return moduleFunction(readTaskRef(fn));
  throw refusal(
    'ERR_NOT_SELF_CONTAINED',
    `${spawner}: expected a function or a reference from tasksFrom(), got ${safeInspect(fn, 100)}.`,
  );
}

/** One and the same for one reference: who sends many jobs can tell a function that was sent before. */
function moduleFunction(target: TaskTarget): ModuleFunction {
  let fn = moduleFunctions.get(target);
  if (fn === undefined) {
    fn = { kind: 'module', ...target };
    moduleFunctions.set(target, fn);
  }
  return fn;
}

const moduleFunctions = new WeakMap<TaskTarget, ModuleFunction>();
