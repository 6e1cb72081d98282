import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { nameOsThread, prioritizeOsThread } from '../base/os-thread.js';
import { currentExecutor } from '../executor/current-executor.js';
import { JoinError } from '../task/join-error.js';
import { fillStopFlag } from '../task/stop-flag.js';
import { TaskCancelled } from '../task/task-cancelled.js';
import { JobState } from '../wire/job-state.js';
import { registerOwnClasses } from '../wire/own-classes.js';
import { fillThisThread, nameThisThread } from '../wire/this-thread.js';
import type { ThreadBoot, ThreadPriority, ThreadReady, ThreadStart } from '../wire/thread-messages.js';
import { Answering } from './answering.js';
import { tellLastWords } from './last-words.js';
import { rehearse } from './rehearsal.js';
import { runJob } from './run-job.js';

/**
 * A thread of `thread.spawn`, from its first line to its last: it runs one job, answers once, and exits.
 *
 * The far side of wire/thread-messages.ts, where the messages are drawn. It exits by itself, not when its event
 * loop is empty: a server or an interval that the function has left would keep it for ever.
 */
const boot = workerData as ThreadBoot;
// The program may put its own in the place of it.
const { exit } = process;
const state = new JobState(boot.state);
const answering = new Answering(boot.port, state, () => exit.call(process, 0));

registerOwnClasses({ JoinError, TaskCancelled });
fillThisThread(undefined, boot.words);
fillStopFlag(state);
tellLastWords(boot.port, answering);

// A thread that was spawned has its job in the port before it is born; a spare finds none, and waits for it.
const told = receiveMessageOnPort(boot.port);
if (told !== undefined) begin(told.message);
else void waitInTheWings();

function begin(start: ThreadStart): void {
  if (start.name !== undefined) {
    nameThisThread(start.name);
    nameOsThread(start.name);
  }
  if (start.priority !== undefined) {
    const why = prioritizeOsThread(start.priority);
    if (why !== undefined) boot.port.postMessage({ heddle: 'priority', why } satisfies ThreadPriority);
  }
  void runJob(boot.port, start, state, answering, currentExecutor);
}

async function waitInTheWings(): Promise<void> {
  await rehearse();
  // The job may be one that cannot be read here: too deep for this thread's stack.
  const cannotRead = (error: unknown): void => answering.panic(error);
  boot.port.once('messageerror', cannotRead).once('message', (start) => {
    boot.port.off('messageerror', cannotRead);
    begin(start);
  });
  boot.port.postMessage({ heddle: 'ready' } satisfies ThreadReady);
}
