import type { MessagePort } from 'node:worker_threads';
import type { Task } from '../task/task.js';
import { JobState } from '../wire/job-state.js';
import type { PoolCall, PoolStarted } from '../wire/pool-messages.js';
import type { ThreadAnswer } from '../wire/thread-messages.js';
import { answerOf, panicAnswer, type ReadyAnswer } from './answer-of.js';
import { KnownFunctions } from './known-functions.js';
import { bodyEnded, spawnBody } from './spawn-body.js';

/** What a pool's thread does with one job after another: what `Answering` and `runJob` are to a thread of its own. */
export class PoolRun {
  readonly #ours: MessagePort;
  readonly #slots: SharedArrayBuffer;
  readonly #functions = new KnownFunctions();
  #state: JobState | undefined;
  /** The function's task, while one runs. */
  body: Task<unknown> | undefined = undefined;
  /** Whether there is no job to answer for. */
  answered = true;

  constructor(ours: MessagePort, slots: SharedArrayBuffer) {
    this.#ours = ours;
    this.#slots = slots;
  }

  /** Whether the job that runs was asked to stop: one atomic load. */
  isStopped(): boolean {
    return this.#state?.isStopped() === true;
  }

  async job({ slot, taskId, name, timed, job }: PoolCall): Promise<ThreadAnswer | undefined> {
    // A thread keeps its slot for life.
    this.#state ??= new JobState(this.#slots, slot);
    this.answered = false;
    try {
      const loaded = this.#functions.find(job) ?? (await this.#functions.load(job));
      if (!this.#state.start()) return this.#done(undefined);
      if (timed) this.#ours.postMessage({ heddle: 'started', taskId } satisfies PoolStarted);
      const body = spawnBody({ by: 'spawnBlocking', taskId, name }, loaded);
      this.body = body;
      await bodyEnded(body, 'its job ended');
      return this.#answer(answerOf(body));
    } catch (thrown) {
      // What the module threw at load; or the function cannot be a task.
      return this.#answer({ answer: panicAnswer(thrown), transfer: [] });
    }
  }

  #answer({ answer, transfer }: ReadyAnswer): ThreadAnswer | undefined {
    if (this.#state?.finish() !== true) return this.#done(undefined);
    if (transfer.length === 0) return this.#done(answer);
    try {
      this.#ours.postMessage(answer, transfer);
      return this.#done(undefined);
    } catch (error) {
      // Node itself would not clone what our own look at it had let through.
      return this.#done(panicAnswer(error));
    }
  }

  #done(answer: ThreadAnswer | undefined): ThreadAnswer | undefined {
    this.body = undefined;
    this.answered = true;
    return answer;
  }
}
