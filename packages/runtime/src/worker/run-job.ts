import type { MessagePort } from 'node:worker_threads';
import type { Task } from '../task/task.js';
import { decodeThrown } from '../wire/error-codec.js';
import type { JobState } from '../wire/job-state.js';
import { type LoadedJob, loadJob } from '../wire/load-job.js';
import { readAbort, type ThreadStart } from '../wire/thread-messages.js';
import type { Answering } from './answering.js';
import { bodyEnded, spawnBody } from './spawn-body.js';

/** Loads the function, runs it as a task of this thread, ends what it has left, and answers. */
export async function runJob(
  port: MessagePort,
  start: ThreadStart,
  state: JobState,
  answering: Answering,
): Promise<void> {
  try {
    const job = await loadJob(start.job);
    if (!state.start()) return;
    answering.began();
    const body = abortable(port, start, job);
    answering.body = body;
    await bodyEnded(body, 'its thread ended');
    answering.give(body);
  } catch (thrown) {
    // What the module threw at load; or the function cannot be a task.
    answering.panic(thrown);
  }
}

/** The function as a task, aborted when a message says so. */
function abortable(port: MessagePort, { name, taskId }: ThreadStart, job: LoadedJob): Task<unknown> {
  // The message of an abort is something to wait for only for who has asked to hear of it.
  const task = spawnBody({ by: 'thread.spawn', taskId, name, signalAsked: () => port.ref() }, job);
  port.on('message', (data) => {
    const abort = readAbort(data);
    if (abort !== undefined) task.abort(decodeThrown(abort.reason));
  });
  port.unref();
  return task;
}
