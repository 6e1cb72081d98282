import type { MessagePort } from 'node:worker_threads';
import { invariant } from '../base/invariant.js';
import type { Task } from '../task/task.js';
import { JobState } from '../wire/job-state.js';
import type { LoadedJob } from '../wire/load-job.js';
import { CallReader, type PoolAnswer, type PoolCall, type ReadCall, writeAnswer } from '../wire/pool-call.js';
import type { PoolStarted } from '../wire/pool-messages.js';
import { dropToken } from '../wire/this-thread.js';
import { answerOf, panicAnswer, type ReadyAnswer } from './answer-of.js';
import { KnownFunctions } from './known-functions.js';
import { bodyEnded, spawnBody } from './spawn-body.js';

/**
 * What a pool's thread does with one job after another: what `Answering` and `runJob` are to a thread of its own.
 *
 * Where nothing has to be loaded there is one promise in it: each costs a tenth of a microsecond and more where
 * something of the program's is async.
 */
export class PoolRun {
  readonly #ours: MessagePort;
  readonly #slots: SharedArrayBuffer;
  readonly #calls = new CallReader();
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

  /** Gives the answer; `undefined` where it went by our own port, or where nobody waits for one. */
  job(call: PoolCall): Promise<PoolAnswer | undefined> {
    return new Promise((resolve) => {
      // What the module threw at load; or the function cannot be a task.
      const panic = (thrown: unknown): void =>
        resolve(this.#answer({ answer: panicAnswer(thrown), transfer: [] }));
      try {
        const read = this.#calls.read(call);
        this.answered = false;
        if (read.slot !== undefined) this.#state = new JobState(this.#slots, read.slot);
        const known = this.#functions.find(read.job);
        if (known !== undefined) this.#run(read, known, resolve);
        else {
          this.#functions
            .load(read.job)
            .then((loaded) => this.#run(read, loaded, resolve))
            .catch(panic);
        }
      } catch (thrown) {
        panic(thrown);
      }
    });
  }

  #run({ taskId, name, timed }: ReadCall, job: LoadedJob, resolve: (answer?: PoolAnswer) => void): void {
    const state = this.#state;
    invariant(state !== undefined, 'a pool thread without a slot');
    if (!state.start()) {
      resolve(this.#done(undefined));
      return;
    }
    dropToken();
    if (timed) this.#ours.postMessage({ heddle: 'started', taskId } satisfies PoolStarted);
    const body = spawnBody({ by: 'spawnBlocking', taskId, name, isRoot: true }, job);
    this.body = body;
    bodyEnded(body, 'its job ended', () => resolve(this.#answer(answerOf(body))));
  }

  #answer({ answer, transfer }: ReadyAnswer): PoolAnswer | undefined {
    if (this.#state?.finish() !== true) return this.#done(undefined);
    if (transfer.length === 0) return this.#done(writeAnswer(answer));
    try {
      this.#ours.postMessage(answer, transfer);
      return this.#done(undefined);
    } catch (error) {
      // Node itself would not clone what our own look at it had let through.
      return this.#done(panicAnswer(error));
    }
  }

  #done(answer: PoolAnswer | undefined): PoolAnswer | undefined {
    this.body = undefined;
    this.answered = true;
    return answer;
  }
}
