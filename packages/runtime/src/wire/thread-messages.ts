import type { MessagePort } from 'node:worker_threads';
import type { Seat } from '../base/seat.js';
import type { TaskId } from '../base/task-id.js';
import type { WireThrown } from './error-message.js';
import type { JobMessage } from './job.js';
import type { Payload } from './payload.js';

/**
 * Everything that is said between a thread and who spawned it.
 *
 *     who spawned: thread/                                  the thread: worker/
 *
 *     new Worker ───(0) ThreadBoot, as workerData─────────▶ boots
 *                ◀──(0) ready────────────────────────────── a spare only: it has nothing to do yet
 *                ───(1) ThreadStart──────────────────────▶  loads the function
 *                ◀──(2) started──────────────────────────── the body begins, whose time is limited
 *                ◀──(2) priority────────────────────────── the kernel did not give it its priority
 *                ───(3) abort───────────────────────────▶   task.signal fires; the stop flag is up already
 *                ◀──(4) answer───────────────────────────── state: running → done; then it exits
 *                ◀──(5) uncaught, leaving────────────────── how it comes to its end, where it can tell
 *                ◀──(6) 'error', 'messageerror', 'exit'──── Node's own events: always the last word
 *
 * A thread gives one answer or none, and its task settles at 'exit', by what was heard until then. (4) and (5)
 * are posted before the thread ends, so they are in the port when Node says 'exit', and are taken from it there.
 *
 * The port is ours alone: `parentPort` and `workerData` belong to the thread's program. And it can be read without
 * a return to the event loop, where `parentPort`'s other end cannot.
 */

/** (0) What a new worker is given. */
export interface ThreadBoot {
  /** Where all the rest is said. */
  readonly port: MessagePort;
  /** The words of its `JobState`. */
  readonly state: SharedArrayBuffer;
  /** The words by which other threads know it: `ThreadWords`. */
  readonly words: SharedArrayBuffer;
}

/** (1) What a thread is given. Posted before there is a worker, or to a spare. */
export interface ThreadStart {
  readonly job: JobMessage;
  /** The id of the task on the thread that spawned it: inside, it is known by the same. */
  readonly taskId: TaskId;
  readonly name: string | undefined;
  /** Where the thread is to write what it does, when it is recorded. */
  readonly seat: Seat | undefined;
  /** What the thread asks of the kernel before it does anything else. */
  readonly priority: number | undefined;
  /** Whether to say when the body begins: its time is limited. */
  readonly timed: boolean;
}

/** (3) What a thread is told. */
export interface ThreadAbort {
  readonly heddle: 'abort';
  readonly reason: WireThrown;
}

/** What a thread tells. */
export type ThreadReport =
  | ThreadReady
  | ThreadStarted
  | ThreadPriority
  | ThreadAnswer
  | ThreadUncaught
  | ThreadLeaving;

/** (0) A spare has booted. */
export interface ThreadReady {
  readonly heddle: 'ready';
}

/** (2) The body is about to begin: its time runs from here. */
export interface ThreadStarted {
  readonly heddle: 'started';
}

/** (2) The thread runs as any other does: the kernel did not give it its priority. */
export interface ThreadPriority {
  readonly heddle: 'priority';
  readonly why: string;
}

/** (4) How the body ended. */
export type ThreadAnswer =
  | { readonly heddle: 'value'; readonly payload: Payload }
  | ThreadPanic
  | { readonly heddle: 'cancelled'; readonly because: string | undefined };

/** (4) The body threw, or could not be had. */
export interface ThreadPanic {
  readonly heddle: 'panic';
  readonly thrown: WireThrown;
  /** Whether the thread has told its own panic hook: it was a panic there before, and was thrown on. */
  readonly reported: boolean;
}

/** (5) Nobody caught this. The thread dies of it, unless its program has a handler of its own. */
export interface ThreadUncaught {
  readonly heddle: 'uncaught';
  readonly origin: 'exception' | 'rejection';
  /** Whether the thread dies of it: its program has no handler. */
  readonly fatal: boolean;
  readonly thrown: WireThrown;
}

/** (5) The thread ends without an answer: it was told to exit, or its event loop has run dry. */
export interface ThreadLeaving {
  readonly heddle: 'leaving';
  /** What the body waited for when nothing was left to wake it; absent for `process.exit()`. */
  readonly waitingFor?: string;
}
