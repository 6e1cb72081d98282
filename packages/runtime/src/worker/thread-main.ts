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
import { ThreadWords } from '../wire/thread-words.js';
import { Answering } from './answering.js';
import { tellLastWords } from './last-words.js';
import { rehearse } from './rehearsal.js';
import { runJob } from './run-job.js';
import { sit } from './sit.js';

/**
 * A thread of `thread.spawn`, from its first line to its last: it runs one job, answers once, and exits.
 *
 * The far side of wire/thread-messages.ts, where the messages are drawn. It exits by itself, not when its event
 * loop is empty: a server or an interval that the function has left would keep it for ever.
 */
const boot = workerData as ThreadBoot;
/** No wait is endless: what was missed is found then. */
const LOOK_MS = 1_000;
// The program may put its own in the place of it.
const { exit } = process;
const state = new JobState(boot.state);
const answering = new Answering(boot.port, state, () => exit.call(process, 0));

registerOwnClasses({ JoinError, TaskCancelled });
fillThisThread(undefined, boot.words);
fillStopFlag(state);
tellLastWords(boot.port, answering);

// A thread that was spawned has its job in the port before it is born; a spare finds none, and waits for it.
const atBirth = receiveMessageOnPort(boot.port);
if (atBirth !== undefined) begin(atBirth.message);
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
  const run = (): Promise<void> => runJob(boot.port, start, state, answering, currentExecutor);
  if (start.seat === undefined) void run();
  else void sit(start.seat, start.name ?? `thread ${start.seat.place}`).then(run);
}

/**
 * Blocks, since a spare has nothing else to do: a thread that is woken from that is at its job in a third of the time
 * that its event loop takes to hear of it.
 */
async function waitInTheWings(): Promise<void> {
  await rehearse();
  boot.port.postMessage({ heddle: 'ready' } satisfies ThreadReady);
  const words = new ThreadWords(boot.words);
  try {
    let told = receiveMessageOnPort(boot.port);
    while (told === undefined) {
      words.waitUntilTold(LOOK_MS);
      told = receiveMessageOnPort(boot.port);
    }
    begin(told.message);
  } catch (error) {
    // The job is one that cannot be read here: too deep for this thread's stack.
    answering.panic(error);
  }
}
