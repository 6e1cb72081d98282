import type { MessagePort } from 'node:worker_threads';
import type { TaskId } from '../base/task-id.js';
import type { WireThrown } from './error-message.js';
import type { ThreadAnswer, ThreadLeaving, ThreadUncaught } from './thread-messages.js';

/**
 * What is said between a pool and one of its threads, besides what wire/thread-messages.ts has.
 *
 *     the pool: pool/                                       its thread: worker/pool-main.ts
 *
 *     new Worker ───(1) PoolStart, as workerData───────────▶ boots
 *                ◀──(2) hello────────────────────────────── with a port of our own; then piscina says 'ready'
 *                ───(3) PoolCall, as piscina's task───────▶ loads the function; state: queued → running
 *                ◀──(4) started──────────────────────────── only where a time limit waits for it
 *                ───(5) abort────────────────────────────▶  task.signal fires; the stop flag is up already
 *                ◀──(6) PoolAnswer, as piscina's result──── state: running → done; the thread waits for the next
 *                ◀──(7) uncaught, leaving; 'error', 'exit'─ as of any thread
 *
 * (3) and (6) go by piscina's port, as wire/pool-call.ts writes them, the others by ours, and between two ports there is no order: what is meant for one
 * job may arrive in the time of the next, and so (4) and (5) name their task. An answer that moves memory goes by our
 * port, since only there a refusal of Node's can be caught, and is followed by an empty result.
 */

/** (1) What every thread of a pool is given. */
export interface PoolStart {
  /** The `JobState` slots of all its threads. */
  readonly slots: SharedArrayBuffer;
}

/** (2) The thread can be given jobs, and this is how it is told of aborts. */
export interface PoolHello {
  readonly heddle: 'hello';
  readonly port: MessagePort;
  /** The words by which other threads know it: `ThreadWords`. */
  readonly words: SharedArrayBuffer;
}

/** (4) The body of a job is about to begin. */
export interface PoolStarted {
  readonly heddle: 'started';
  readonly taskId: TaskId;
}

/** What comes by our port. */
export type PoolReport = PoolStarted | ThreadAnswer | ThreadUncaught | ThreadLeaving;

/** (5) A job is to end. */
export interface PoolAbort {
  readonly heddle: 'abort';
  readonly taskId: TaskId;
  readonly reason: WireThrown;
}

/** Reads what came from a thread's own port. `undefined` for what is not a hello. */
export function readHello(data: unknown): PoolHello | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  return (data as PoolHello).heddle === 'hello' ? (data as PoolHello) : undefined;
}
