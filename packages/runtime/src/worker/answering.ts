import type { MessagePort, TransferListItem } from 'node:worker_threads';
import type { Task } from '../task/task.js';
import { encodeThrown } from '../wire/error-codec.js';
import type { JobState } from '../wire/job-state.js';
import type { ThreadAnswer, ThreadReport } from '../wire/thread-messages.js';
import { answerOf, panicAnswer } from './answer-of.js';

/**
 * Says what becomes of the job, and ends the thread with the answer. What cannot be said is a panic that says so.
 *
 * It does nothing when the thread is being terminated: then it has been answered for.
 */
export class Answering {
  readonly #port: MessagePort;
  readonly #state: JobState;
  readonly #exit: () => void;
  #answered = false;
  /** The function's task, once it runs. */
  body: Task<unknown> | undefined = undefined;

  /** `exit` ends the thread, and is called when it has answered. */
  constructor(port: MessagePort, state: JobState, exit: () => void) {
    this.#port = port;
    this.#state = state;
    this.#exit = exit;
  }

  get answered(): boolean {
    return this.#answered;
  }

  began(): void {
    this.#post({ heddle: 'started' });
  }

  /** Answers with the outcome of `task`. */
  give(task: Task<unknown>): void {
    const { answer, transfer } = answerOf(task);
    this.#answer(answer, transfer);
  }

  panic(thrown: unknown): void {
    this.#answer(panicAnswer(thrown));
  }

  #answer(answer: ThreadAnswer, transfer: readonly TransferListItem[] = []): void {
    if (!this.#state.finish()) return;
    this.#answered = true;
    try {
      this.#post(answer, transfer);
    } catch (error) {
      // Node itself would not clone what our own look at it had let through.
      this.#post({ heddle: 'panic', thrown: encodeThrown(error), reported: false });
    }
    this.#exit();
  }

  #post(report: ThreadReport, transfer: readonly TransferListItem[] = []): void {
    this.#port.postMessage(report, transfer);
  }
}
