import type { MessagePort } from 'node:worker_threads';
import { currentExecutor } from '../executor/current-executor.js';
import { endWhatIsLeft } from '../runtime/end-what-is-left.js';
import '../runtime/default-runtime.js';
import { spawnOn } from '../runtime/spawn-on.js';
import { TaskHandle } from '../task/join-handle.js';
import { numberTasksFrom, type Task } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { decodeThrown } from '../wire/error-codec.js';
import type { JobState } from '../wire/job-state.js';
import { type LoadedJob, loadJob } from '../wire/load-job.js';
import { readAbort, type ThreadStart } from '../wire/thread-messages.js';
import type { Answering } from './answering.js';

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
    const body = spawnBody(port, start, job);
    answering.body = body;
    await settled(body);
    // They do not outlive the function that started them: `finally` runs, and then they are gone.
    await endWhatIsLeft(currentExecutor(), 'its thread ended');
    answering.give(body);
  } catch (thrown) {
    // What the module threw at load; or the function cannot be a task.
    answering.panic(thrown);
  }
}

/**
 * The function as a task of its own kind on this thread's executor, aborted when a message says so.
 *
 * Its panic is reported where it was spawned, and who spawned it decides how long it may go on after an abort.
 */
function spawnBody(port: MessagePort, { name, taskId }: ThreadStart, { fn, args }: LoadedJob): Task<unknown> {
  const attributes: TaskAttributes = {
    name,
    abandonAfterMs: false,
    unreported: true,
    // The message of an abort is something to wait for only for who has asked to hear of it.
    signalAsked: () => port.ref(),
  };
  numberTasksFrom(taskId);
  const spawn = spawnOn('thread.spawn', currentExecutor, () => attributes);
  const task = TaskHandle.taskOf(spawn(fn, ...args) as TaskHandle<unknown>);
  port.on('message', (data) => {
    const abort = readAbort(data);
    if (abort !== undefined) task.abort(decodeThrown(abort.reason));
  });
  port.unref();
  return task;
}

function settled(task: Task<unknown>): Promise<void> {
  return new Promise((resolve) => task.afterwards(resolve));
}
