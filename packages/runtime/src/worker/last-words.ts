import type { MessagePort } from 'node:worker_threads';
import type { Task } from '../task/task.js';
import { encodeThrown } from '../wire/error-codec.js';
import { noteEndOfThisThread } from '../wire/this-thread.js';
import type { ThreadReport } from '../wire/thread-messages.js';

/**
 * Says how this thread comes to its end, where that is not by an answer.
 *
 * It only watches. An error that nobody caught goes on to kill the thread, or to meet the program's own
 * handler, as it would without us; Node's own `error` event tells of it too, but as `postMessage` makes errors.
 */
export function tellLastWords(port: MessagePort, job: Answerable): void {
  const say = (report: ThreadReport): void => port.postMessage(report);

  process.on('uncaughtExceptionMonitor', (error, origin) => {
    const kind = origin === 'unhandledRejection' ? 'rejection' : 'exception';
    const fatal =
      process.listenerCount('uncaughtException') === 0 && !process.hasUncaughtExceptionCaptureCallback();
    say({ heddle: 'uncaught', origin: kind, fatal, thrown: encodeThrown(error) });
  });

  let dry = false;
  process.on('beforeExit', () => {
    dry = true;
    // Runs only if somebody else's handler has given the loop something to do.
    setImmediate(() => {
      dry = false;
    }).unref();
  });
  process.on('exit', (code) => {
    if (!job.answered) sayHow();
    noteEndOfThisThread(code);
  });

  function sayHow(): void {
    if (!dry) say({ heddle: 'leaving' });
    else say({ heddle: 'leaving', waitingFor: job.body?.waitsFor?.what ?? 'its module' });
  }
}

/** The job that this thread has to answer for. */
export interface Answerable {
  readonly answered: boolean;
  readonly body: Task<unknown> | undefined;
}
