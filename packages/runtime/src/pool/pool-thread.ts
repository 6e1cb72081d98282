import type { MessagePort, Worker } from 'node:worker_threads';
import { diagnostics } from '../base/diagnostics.js';
import type { Seat } from '../base/seat.js';
import { takeMessages } from '../base/take-messages.js';
import { startTimeout } from '../base/timeout.js';
import { type Observer, observed } from '../task/observer.js';
import type { Task } from '../task/task.js';
import type { ASKED, KILLED, NOT_ASKED, ThreadEnd } from '../thread/thread-end.js';
import { JobState } from '../wire/job-state.js';
import { CallWriter } from '../wire/pool-call.js';
import { type PoolAbort, type PoolHello, type PoolReport, readHello } from '../wire/pool-messages.js';
import type { ThreadAnswer, ThreadLeaving, ThreadUncaught } from '../wire/thread-messages.js';
import { ThreadWords } from '../wire/thread-words.js';
import type { Member } from './piscina-threads.js';

/** Hears of a thread what matters to the pool. */
export interface ThreadKeeper {
  /** The thread is gone, and has given up its slot. */
  gone(thread: PoolThread): void;
}

/** A job, as its thread knows it. */
export interface HeldJob {
  readonly task: Task<unknown>;
  /** The body has begun. */
  began(): void;
  /** The thread is gone. */
  lost(end: ThreadEnd): void;
  /** Is to end at once, if it was asked to end. */
  endNow(): void;
}

/**
 * One thread of a pool, from its start until it is gone: what is heard of it, and which job it has.
 *
 * Like a thread of its own it only collects what it hears, and its job settles at the worker's `exit`; save that an
 * answer settles at once, since the thread goes on to the next.
 */
export class PoolThread {
  /** Node's `threadId`, which a worker forgets when it ends. */
  readonly id: number;
  readonly slot: number;
  /** The words of the job that it has. */
  readonly state: JobState;
  readonly calls: CallWriter;
  /** What piscina calls it, once it can be given jobs. */
  member: Member | undefined = undefined;
  job: HeldJob | undefined = undefined;
  /** Whether it takes no more jobs: it is being terminated, or is dead. */
  isLeaving = false;
  readonly #worker: Worker;
  #port: MessagePort | undefined;
  #words: ThreadWords | undefined;
  #answer: ThreadAnswer | undefined;
  #failed: { readonly error: unknown } | undefined;
  #unreadable: unknown;
  #uncaught: ThreadUncaught | undefined;
  #leaving: ThreadLeaving | undefined;
  #exitCode = 0;
  /** In whose recording it has been given a seat. */
  #observer: Observer | undefined;
  #seat: Seat | undefined;
  #cancelKill: (() => void) | undefined;
  #cancelBoot: (() => void) | undefined;

  constructor(worker: Worker, slots: SharedArrayBuffer, slot: number, keeper: ThreadKeeper) {
    this.#worker = worker;
    this.id = worker.threadId;
    this.slot = slot;
    this.state = new JobState(slots, slot);
    this.calls = new CallWriter(slot);
    if (diagnostics.threadStart.hasSubscribers) {
      diagnostics.threadStart.publish({ kind: 'blocking', threadId: this.id, name: undefined });
    }
    worker
      .on('message', (data) => {
        const hello = this.#port === undefined ? readHello(data) : undefined;
        if (hello !== undefined) this.#greet(hello);
      })
      .on('error', (error) => this.fail(error))
      .on('exit', (code) => {
        this.#exitCode = code;
        if (diagnostics.threadExit.hasSubscribers) {
          diagnostics.threadExit.publish({
            kind: 'blocking',
            threadId: this.id,
            name: undefined,
            exitCode: code,
          });
        }
        this.isLeaving = true;
        this.#cancelKill?.();
        this.#cancelBoot?.();
        this.#hearTheRest();
        this.#port?.close();
        if (this.#seat !== undefined) observed.by?.gone(this.#seat);
        keeper.gone(this);
      });
  }

  get hasFailed(): boolean {
    return this.#failed !== undefined;
  }

  /** Gives the thread up when it is not ready by then. */
  limitBoot(delayMs: number): void {
    this.#cancelBoot = startTimeout(delayMs, () => {
      this.fail(new Error(`it was not ready ${delayMs} ms after it was started`));
      this.terminate();
    });
  }

  /** piscina can give it jobs, under this name. */
  isReady(member: Member): void {
    this.member = member;
    this.#cancelBoot?.();
  }

  /** Gives it a seat in the recording that there is, once in each. */
  sit(): void {
    if (observed.by === this.#observer) return;
    this.#observer = observed.by;
    this.#seat = observed.by?.seat(undefined);
    this.calls.sit(this.#seat);
  }

  /** Notes why the thread is about to be gone. The first cause counts. */
  fail(error: unknown): void {
    this.#failed ??= { error };
  }

  /** What was heard until now, for the outcome of the job that it had. */
  endOf(asked: typeof NOT_ASKED | typeof ASKED | typeof KILLED, answer?: ThreadAnswer): ThreadEnd {
    const end: ThreadEnd = { started: this.state.hasStarted(), abort: asked, exitCode: this.#exitCode };
    if (answer !== undefined) end.answer = answer;
    if (this.#failed !== undefined) end.failed = this.#failed;
    if (this.#unreadable !== undefined) end.unreadable = this.#unreadable;
    if (this.#uncaught !== undefined) end.uncaught = this.#uncaught;
    if (this.#leaving !== undefined) end.leaving = this.#leaving;
    return end;
  }

  /** Tells the thread's program of an abort. Parked, it would not see the flag. */
  tell(abort: PoolAbort): void {
    this.#words?.unpark();
    this.#port?.postMessage(abort);
  }

  /** The answer that went by our port, ahead of an empty result of piscina's. */
  takeAnswer(): ThreadAnswer | undefined {
    this.#hearTheRest();
    const answer = this.#answer;
    this.#answer = undefined;
    return answer;
  }

  /** An answer came that this side could not take apart. There is no other, so the thread is given up. */
  cannotRead(error: unknown): void {
    this.#unreadable ??= error;
    this.terminate();
  }

  /** Lets the process end although it is not gone. */
  unref(): void {
    this.#worker.unref();
  }

  terminate(): void {
    this.isLeaving = true;
    void this.#worker.terminate();
  }

  /** Terminates the thread unless it has come back by then from a job that is not to begin. */
  killAfter(delayMs: number): void {
    this.#cancelKill = startTimeout(delayMs, () => this.terminate());
  }

  /** The thread has done with its job. */
  release(): void {
    this.job = undefined;
    this.#cancelKill?.();
    this.#cancelKill = undefined;
  }

  #greet({ port, words }: PoolHello): void {
    this.#words = new ThreadWords(words);
    this.#port = port;
    port
      .on('message', (report) => this.#heard(report))
      .on('messageerror', (error) => this.cannotRead(error))
      .unref();
  }

  /** What the thread posted is in the port, but perhaps not delivered yet. */
  #hearTheRest(): void {
    if (this.#port === undefined) return;
    takeMessages<PoolReport>(
      this.#port,
      (report) => this.#heard(report),
      (error) => this.cannotRead(error),
    );
  }

  #heard(report: PoolReport): void {
    switch (report.heddle) {
      case 'started':
        if (report.taskId === this.job?.task.id) this.job.began();
        return;
      case 'value':
      case 'panic':
      case 'cancelled':
        this.#answer = report;
        return;
      case 'uncaught':
        this.#uncaught = report;
        return;
      case 'leaving':
        this.#leaving = report;
        return;
    }
  }
}
