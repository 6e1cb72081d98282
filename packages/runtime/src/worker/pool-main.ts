import { MessageChannel, parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../base/invariant.js';
import { nameOsThread } from '../base/os-thread.js';
import { JoinError } from '../task/join-error.js';
import { fillStopFlag } from '../task/stop-flag.js';
import { TaskCancelled } from '../task/task-cancelled.js';
import { decodeThrown } from '../wire/error-codec.js';
import { registerOwnClasses } from '../wire/own-classes.js';
import type { PoolAnswer, PoolCall } from '../wire/pool-call.js';
import type { PoolAbort, PoolHello, PoolStart } from '../wire/pool-messages.js';
import { fillThisThread } from '../wire/this-thread.js';
import { ThreadWords } from '../wire/thread-words.js';
import { tellLastWords } from './last-words.js';
import { PoolRun } from './pool-run.js';

/**
 * A thread of a blocking pool: it runs one job after another, and what a job leaves behind ends with it.
 *
 * The far side of wire/pool-messages.ts. piscina loads this file in its worker, says that the worker is ready, and
 * calls `poolJob` for each job; what that gives is the answer. It never throws: piscina would lose most of an error.
 */
const parent = parentPort;
invariant(parent !== null, 'a pool thread without a port');
const { slots } = workerData as PoolStart;
const { port1: ours, port2: theirs } = new MessageChannel();
const run = new PoolRun(ours, slots);
const words = new ThreadWords();

registerOwnClasses({ JoinError, TaskCancelled });
fillStopFlag(run);
fillThisThread(undefined, words.buffer);
tellLastWords(ours, run);
nameOsThread('heddle-blocking');
ours.on('message', ({ taskId, reason }: PoolAbort) => {
  // It may have been meant for the job before.
  if (run.body?.id === taskId) run.body.abort(decodeThrown(reason));
});
ours.unref();
const hello: PoolHello = { heddle: 'hello', port: theirs, words: words.buffer };
parent.postMessage(hello, [theirs]);

/** Runs one job. Gives the answer; `undefined` where it went by our own port, or where nobody waits for one. */
export function poolJob(call: PoolCall): PoolAnswer | undefined | Promise<PoolAnswer | undefined> {
  return run.job(call);
}
