import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../base/invariant.js';
import { nameOsThread, prioritizeOsThread } from '../base/os-thread.js';
import { JoinError } from '../task/join-error.js';
import { fillStopFlag } from '../task/stop-flag.js';
import { TaskCancelled } from '../task/task-cancelled.js';
import { JobState } from '../wire/job-state.js';
import { registerOwnClasses } from '../wire/own-classes.js';
import { fillThisThread } from '../wire/this-thread.js';
import type { ThreadReport, ThreadStart } from '../wire/thread-messages.js';
import { Answering } from './answering.js';
import { tellLastWords } from './last-words.js';
import { runJob } from './run-job.js';

/**
 * A thread of `thread.spawn`, from its first line to its last: it runs one job, answers once, and exits.
 *
 * The far side of wire/thread-messages.ts, where the messages are drawn. It exits by itself, not when its event
 * loop is empty: a server or an interval that the function has left would keep it for ever.
 */
const port = parentPort;
invariant(port !== null, 'a thread without a port');
const start = workerData as ThreadStart;
const state = new JobState(start.state);
const answering = new Answering(port, state);

registerOwnClasses({ JoinError, TaskCancelled });
fillThisThread(start.name, start.thread);
fillStopFlag(state);
tellLastWords(port, answering);
if (start.name !== undefined) nameOsThread(start.name);
if (start.priority !== undefined) {
  const why = prioritizeOsThread(start.priority);
  if (why !== undefined) port.postMessage({ heddle: 'priority', why } satisfies ThreadReport);
}
void runJob(port, start, state, answering);
