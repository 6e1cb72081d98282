import type { MessagePort } from 'node:worker_threads';
import { soon } from '../base/soon.js';
import type { Executor } from '../executor/executor.js';
import type { Task } from '../task/task.js';
import { decodeThrown } from '../wire/error-codec.js';
import type { JobState } from '../wire/job-state.js';
import { type LoadedJob, loadJob } from '../wire/load-job.js';
import type { ThreadAbort, ThreadStart } from '../wire/thread-messages.js';
import type { Answering } from './answering.js';
import { bodyEnded, spawnBody } from './spawn-body.js';

/** Loads the function, runs it as a task of this thread, ends what it has left, and answers. */
export async function runJob(
  port: MessagePort,
  start: ThreadStart,
  state: JobState,
  answering: Answering,
  executor: () => Executor,
): Promise<void> {
  try {
    const job = await loadJob(start.job);
    if (!state.start()) return;
    if (start.timed) answering.began();
    const body = abortable(port, start, job, executor);
    answering.body = body;
    bodyEnded(body, 'its thread ended', () => answering.give(body), executor);
  } catch (thrown) {
    // What the module threw at load; or the function cannot be a task.
    answering.panic(thrown);
  }
}

/**
 * The function as a task, aborted when a message says so.
 *
 * None is heard before the event loop turns, so the port is listened to when the function has had its first poll: on
 * a cold thread that is a third of the way from the spawn to the function's first line.
 */
function abortable(
  port: MessagePort,
  { name, taskId }: ThreadStart,
  job: LoadedJob,
  executor: () => Executor,
): Task<unknown> {
  // The message of an abort is something to wait for only for who has asked to hear of it.
  let waitsForAbort = false;
  const signalAsked = (): void => {
    waitsForAbort = true;
    port.ref();
  };
  const task = spawnBody({ by: 'thread.spawn', taskId, name, signalAsked, isRoot: true, executor }, job);
  soon(() => {
    port.on('message', ({ reason }: ThreadAbort) => task.abort(decodeThrown(reason)));
    if (!waitsForAbort) port.unref();
  });
  return task;
}
