import { MessageChannel, type MessagePort, Worker, type WorkerOptions } from 'node:worker_threads';
import { osThreads } from '../base/os-thread.js';
import { JobState } from '../wire/job-state.js';
import { type TaskRef, taskRef } from '../wire/task-ref.js';
import type { ThreadBoot } from '../wire/thread-messages.js';
import { ThreadWords } from '../wire/thread-words.js';
import type { ThreadOptions } from './thread-options.js';
import { hasInputType, workerOptions } from './worker-options.js';

/** Where the far side's entries are. The one place that knows: `dist` mirrors `src`, so that it holds in both. */
const threadMain = (): URL => new URL('../worker/thread-main.js', import.meta.url);
/** What the thread of an actor runs. */
export const actorMain = (): TaskRef<unknown> =>
  taskRef({ url: new URL('../worker/actor-main.js', import.meta.url).href, name: 'actorMain' });

/**
 * Makes the worker of a watchdog. It is given no flags: what a program loads into each of its threads is not for one
 * that is none of the program's.
 */
export function newWatchdog(data: object): Worker {
  return new Worker(new URL('../worker/watchdog-main.js', import.meta.url), {
    workerData: data,
    execArgv: [],
  });
}

/** A worker of ours, and this side's end of what is said with it. */
export interface WorkerThread {
  readonly worker: Worker;
  /** Keeps nothing alive: the worker does. */
  readonly port: MessagePort;
  readonly state: JobState;
  readonly words: ThreadWords;
  /** What the kernel calls it: one of these, and nearly always there is one. */
  readonly bornAs: readonly string[];
}

/**
 * Makes the worker of one thread, which waits on its port to be told its job.
 *
 * `tell` may post to the port before there is a worker: what it throws is thrown on, and then no worker was made.
 * Throws what Node does when it cannot make one.
 */
export function newThread(given: ThreadOptions, tell?: (port: MessagePort) => void): WorkerThread {
  const { port1: port, port2 } = new MessageChannel();
  try {
    tell?.(port);
    const state = new JobState();
    const words = new ThreadWords();
    const boot: ThreadBoot = { port: port2, state: state.buffer, words: words.buffer };
    const options = { ...workerOptions(given), workerData: boot, transferList: [port2] };
    const before = new Set(osThreads());
    const worker = newWorker(options);
    const bornAs = osThreads().filter((id) => !before.has(id));
    words.id = worker.threadId;
    return { worker, port, state, words, bornAs };
  } catch (error) {
    port.close();
    throw error;
  }
}

function newWorker(options: WorkerOptions): Worker {
  return hasInputType(options.execArgv ?? process.execArgv)
    ? new Worker(`import(${JSON.stringify(threadMain())})`, { ...options, eval: true })
    : new Worker(threadMain(), options);
}
