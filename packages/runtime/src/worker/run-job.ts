import type { MessagePort } from 'node:worker_threads';
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
    answering.began();
    const body = abortable(port, start, job, executor);
    answering.body = body;
    bodyEnded(body, 'its thread ended', () => answering.give(body), executor);
  } catch (thrown) {
    // What the module threw at load; or the function cannot be a task.
    answering.panic(thrown);
  }
}

/** The function as a task, aborted when a message says so. */
function abortable(
  port: MessagePort,
  { name, taskId }: ThreadStart,
  job: LoadedJob,
  executor: () => Executor,
): Task<unknown> {
  // The message of an abort is something to wait for only for who has asked to hear of it.
  const signalAsked = (): void => port.ref();
  const task = spawnBody({ by: 'thread.spawn', taskId, name, signalAsked, executor }, job);
  port.on('message', ({ reason }: ThreadAbort) => task.abort(decodeThrown(reason)));
  port.unref();
  return task;
}
