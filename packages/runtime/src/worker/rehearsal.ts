import { MessageChannel } from 'node:worker_threads';
import { currentExecutor } from '../executor/current-executor.js';
import { newExecutor } from '../runtime/default-executor.js';
import type { InlineFunction } from '../wire/job.js';
import { JobState } from '../wire/job-state.js';
import type { ThreadStart } from '../wire/thread-messages.js';
import { Answering } from './answering.js';
import { runJob } from './run-job.js';

/**
 * Runs jobs that do nothing, from the message to the answer, on a channel that nobody listens to.
 *
 * V8 compiles a function when it is first called, and the first calls of all that a job goes through cost four
 * times the rest of its start. A spare has the time to get that behind it.
 *
 * The executor is one of its own, dropped afterwards: the thread's own has run nothing when the job comes. And no
 * job is async: one that is not should not pay for an async hook.
 */
export async function rehearse(): Promise<void> {
  const executor = newExecutor();
  // The thread's own is otherwise made by its first task.
  currentExecutor();
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each has a stage of its own: one on which a job was played keeps no thread alive any more, nor this one.
    const { port1: stage, port2: wings } = new MessageChannel();
    const heard = new Promise<ThreadStart>((resolve) => stage.once('message', resolve));
    wings.postMessage(START);
    const state = new JobState();
    const start = await heard;
    await new Promise<void>((answered) => {
      void runJob(stage, start, state, new Answering(stage, state, answered), () => executor);
    });
    stage.close();
  }
}

/** With thirty V8 has not only compiled but begun to optimise; with a hundred a job starts no sooner. */
const ROUNDS = 30;

const SOURCE: InlineFunction = {
  kind: 'inline',
  source: '() => 0',
  strict: true,
  importName: undefined,
  shims: [],
  file: undefined,
  line: 1,
  column: 1,
};
const START: ThreadStart = {
  job: { fn: SOURCE, args: { value: [0] } },
  taskId: 1,
  name: undefined,
  seat: undefined,
  priority: undefined,
  timed: false,
};
