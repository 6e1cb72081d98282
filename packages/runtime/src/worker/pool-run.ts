import type { MessagePort } from 'node:worker_threads';
import { invariant } from '../base/invariant.js';
import { currentExecutor } from '../executor/current-executor.js';
import type { Task } from '../task/task.js';
import { JobState } from '../wire/job-state.js';
import type { LoadedJob } from '../wire/load-job.js';
import { CallReader, type PoolAnswer, type PoolCall, type ReadCall, writeAnswer } from '../wire/pool-call.js';
import type { PoolStarted } from '../wire/pool-messages.js';
import { dropToken } from '../wire/this-thread.js';
import { answerOf, panicAnswer, type ReadyAnswer } from './answer-of.js';
import { KnownFunctions } from './known-functions.js';
import { sit } from './sit.js';
import { bodyEnded, spawnBody } from './spawn-body.js';

/** What a job gives: `undefined` where the answer went by our own port, or where nobody waits for one. */
type JobAnswer = PoolAnswer | undefined | Promise<PoolAnswer | undefined>;

/**
 * What a pool's thread does with one job after another: what `Answering` and `runJob` are to a thread of its own.
 *
 * Where nothing has to be loaded the function is polled at once, since nothing of the program's is on the stack; and
 * where it ends in that poll there is no promise in it: each costs a tenth of a microsecond and more where something
 * of the program's is async.
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

  job(call: PoolCall): JobAnswer {
    try {
      const read = this.#calls.read(call);
      this.answered = false;
      if (read.slot !== undefined) this.#state = new JobState(this.#slots, read.slot);
      const known = this.#functions.find(read.job);
      return known === undefined || read.seat !== undefined ? this.#load(read) : this.#run(read, known);
    } catch (thrown) {
      return this.#panic(thrown);
    }
  }

  async #load(read: ReadCall): Promise<PoolAnswer | undefined> {
    try {
      if (read.seat !== undefined) await sit(read.seat, `blocking ${read.seat.place}`);
      return await this.#run(read, await this.#functions.load(read.job));
    } catch (thrown) {
      return this.#panic(thrown);
    }
  }

  /** What the module threw at load; or the function cannot be a task. */
  #panic(thrown: unknown): PoolAnswer | undefined {
    return this.#answer({ answer: panicAnswer(thrown), transfer: [] });
  }

  #run({ taskId, name, timed }: ReadCall, job: LoadedJob): JobAnswer {
    const state = this.#state;
    invariant(state !== undefined, 'a pool thread without a slot');
    if (!state.start()) return this.#done(undefined);
    dropToken();
    if (timed) this.#ours.postMessage({ heddle: 'started', taskId } satisfies PoolStarted);
    let answer: PoolAnswer | undefined;
    let ended = false;
    let resolve: ((answer: PoolAnswer | undefined) => void) | undefined;
    currentExecutor().settleInMicrotask(() => {
      const body = spawnBody({ by: 'spawnBlocking', taskId, name, isRoot: true }, job);
      this.body = body;
      bodyEnded(body, 'its job ended', () => {
        answer = this.#answer(answerOf(body));
        ended = true;
        resolve?.(answer);
      });
    });
    if (ended) return answer;
    return new Promise((settle) => {
      resolve = settle;
    });
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
