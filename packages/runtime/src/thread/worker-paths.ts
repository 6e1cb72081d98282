import { Worker } from 'node:worker_threads';
import type { Transferred } from '../wire/payload.js';
import { type TaskRef, taskRef } from '../wire/task-ref.js';
import type { ThreadStart } from '../wire/thread-messages.js';
import type { ThreadOptions } from './thread-options.js';
import { workerOptions } from './worker-options.js';

/** Where the far side's entries are. The one place that knows: `dist` mirrors `src`, so that it holds in both. */
const threadMain = (): URL => new URL('../worker/thread-main.js', import.meta.url);
/** What the thread of an actor runs. */
export const actorMain = (): TaskRef<unknown> =>
  taskRef({ url: new URL('../worker/actor-main.js', import.meta.url).href, name: 'actorMain' });

/** Makes the worker of one thread. Throws what Node does when it cannot. */
export function newThread(
  start: ThreadStart,
  transfer: readonly Transferred[],
  given: ThreadOptions,
): Worker {
  const options = {
    workerData: start,
    transferList: [...transfer],
    ...workerOptions(given),
  };
  return hasInputType(given.execArgv ?? process.execArgv)
    ? new Worker(`import(${JSON.stringify(threadMain())})`, { ...options, eval: true })
    : new Worker(threadMain(), options);
}

/** A worker inherits the flags of `node --input-type=module -e …`, and with this one refuses to run a file. */
function hasInputType(flags: readonly string[]): boolean {
  return flags.some((flag) => flag.startsWith('--input-type'));
}
