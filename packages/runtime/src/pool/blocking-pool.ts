import { MinHeap } from '../base/min-heap.js';
import { printable } from '../base/printable.js';
import { writeStderr } from '../base/stderr.js';
import type { Pollable } from '../task/pollable.js';
import { isAborted } from '../task/state.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { crashOf } from '../thread/crash.js';
import { NOT_ASKED, type ThreadEnd } from '../thread/thread-end.js';
import { encodeThrown } from '../wire/error-codec.js';
import type { PreparedJob } from '../wire/job.js';
import { type PoolAnswer, readAnswer } from '../wire/pool-call.js';
import type { ThreadAnswer } from '../wire/thread-messages.js';
import type { BlockingOptions } from './blocking-options.js';
import { KeepAlive } from './keep-alive.js';
import { notePool } from './live-pools.js';
import { type JobKeeper, PoolJob } from './pool-job.js';
import type { PoolSize } from './pool-options.js';
import type { HeldJob, PoolThread } from './pool-thread.js';
import { PoolThreads, type ThreadsUser } from './pool-threads.js';
import { Room } from './room.js';

/**
 * A bounded number of threads, and the jobs that wait for one.
 *
 * The queue is here and not in piscina, which is only ever given a job for a thread that is idle: so equal
 * priorities are served first come first served, an abort takes a waiting job out without touching a thread, and no
 * job is caught behind a thread that does not start.
 */
export class BlockingPool implements JobKeeper, ThreadsUser {
  readonly #queue = new MinHeap<PoolJob<unknown>>();
  readonly #threads: PoolThreads;
  readonly #room = new Room(() => this.isFull);
  readonly #keepAlive = new KeepAlive();
  /** How many jobs may be unsettled. */
  readonly #most: number;
  readonly maxQueue: number;
  #spawned = 0;
  #unsettled = 0;
  #empty: (() => void)[] = [];

  /** How jobs have ended so far. */
  readonly counts = { completed: 0, panicked: 0, cancelled: 0, crashed: 0 };

  constructor(size: PoolSize) {
    this.#threads = new PoolThreads(this, size);
    this.#most = size.maxThreads + size.maxQueue;
    this.maxQueue = size.maxQueue;
  }

  /** Whether a further job is one too many. */
  get isFull(): boolean {
    return this.#unsettled >= this.#most;
  }

  get queueDepth(): number {
    return this.#queue.size;
  }

  get threads(): { readonly alive: number; readonly idle: number } {
    return this.#threads;
  }

  /** Makes a job and gives it to an idle thread, or lets it wait for one. */
  spawn<T>(
    options: BlockingOptions,
    prepared: PreparedJob,
    attributes: TaskAttributes | undefined,
  ): PoolJob<T> {
    this.#spawned += 1;
    const made = new PoolJob<T>(this, this.#spawned, options, prepared, attributes);
    const job = made as PoolJob<unknown>;
    if (this.#unsettled === 0) notePool(this, true);
    this.#unsettled += 1;
    const thread = this.#queue.size === 0 ? this.#threads.takeIdle() : undefined;
    if (thread === undefined || !this.#give(thread, job)) {
      this.#enqueue(job);
      this.available();
    }
    return made;
  }

  /** Waits until a spawn would not be one too many. */
  room(): Pollable<void> {
    return this.#room.wait();
  }

  /** Aborts every job, and waits until all have settled. `because` is said in the outcome of each. */
  async endJobs(because: string): Promise<void> {
    for (let job = this.#queue.peek(); job !== undefined; job = this.#queue.peek()) endJob(job, because);
    for (const { job } of this.#threads.all) if (job !== undefined) endJob(job, because);
    if (this.#unsettled > 0) await new Promise<void>((resolve) => this.#empty.push(resolve));
  }

  /** Ends at once what was asked to end and runs on. */
  endNow(): void {
    for (const { job } of this.#threads.all) job?.endNow();
  }

  /** Ends the threads, and waits until they are gone. */
  end(): Promise<void> {
    return this.#threads.end();
  }

  withdraw(job: PoolJob<unknown>): void {
    if (this.#queue.remove(job) && !job.isDetached) this.#keepAlive.release();
  }

  settled({ task }: PoolJob<unknown>): void {
    const { outcome } = task;
    if (outcome === undefined) return;
    if (outcome.ok) this.counts.completed += 1;
    else if (outcome.error.isPanic()) this.counts.panicked += 1;
    else if (outcome.error.isCancelled()) this.counts.cancelled += 1;
    else this.counts.crashed += 1;
    this.#unsettled -= 1;
    this.#room.look();
    if (this.#unsettled > 0) return;
    notePool(this, false);
    if (this.#empty.length > 0) for (const resolve of this.#empty.splice(0)) resolve();
  }

  detached(job: PoolJob<unknown>): void {
    if (job.thread !== undefined) this.#threads.unref(job.thread);
    else if (job.place >= 0) this.#keepAlive.release();
  }

  available(): void {
    while (this.#queue.size > 0) {
      const thread = this.#threads.takeIdle();
      if (thread === undefined) {
        this.#threads.startFor(this.#queue.size);
        return;
      }
      const job = this.#dequeue();
      if (job !== undefined && !this.#give(thread, job)) this.#enqueue(job);
    }
  }

  lost(thread: PoolThread): void {
    const end = thread.endOf(NOT_ASKED);
    const { job } = thread;
    thread.job = undefined;
    if (job !== undefined) job.lost(end);
    else if (thread.hasFailed)
      writeStderr(`heddle: blocking pool: ${printable(crashOf(end).what)}; it had no job\n`);
  }

  unavailable(why: ThreadEnd): void {
    // Those of now: a program may spawn again when it hears of one.
    for (let left = this.#queue.size; left > 0; left -= 1) this.#dequeue()?.lost(why);
  }

  #enqueue(job: PoolJob<unknown>): void {
    job.waits();
    this.#queue.push(job);
    if (!job.isDetached) this.#keepAlive.hold();
  }

  #dequeue(): PoolJob<unknown> | undefined {
    const job = this.#queue.pop();
    if (job !== undefined && !job.isDetached) this.#keepAlive.release();
    return job;
  }

  /** Answers `false` when the thread was there no longer. */
  #give(thread: PoolThread, job: PoolJob<unknown>): boolean {
    const { prepared, task, options } = job;
    if (prepared === undefined) return true;
    thread.state.renew();
    thread.sit();
    const call = thread.calls.write(task.id, prepared.message, task.name, options.timeoutMs !== undefined);
    const answer = this.#threads.give(thread, call, prepared.transfer);
    if (answer === undefined) {
      thread.terminate();
      return false;
    }
    job.sentTo(thread);
    thread.job = job;
    if (job.isDetached) this.#threads.unref(thread);
    answer.then(
      (data) => this.#returned(thread, job, data),
      (error) => this.#returnedNothing(thread, job, error),
    );
    return true;
  }

  #returned(thread: PoolThread, job: PoolJob<unknown>, data: unknown): void {
    const answer = data === undefined ? thread.takeAnswer() : readAnswer(data as PoolAnswer);
    // Terminated with its answer on the lips: the worker's `exit` will say the rest.
    if (thread.job !== job || (answer === undefined && thread.isLeaving)) return;
    thread.release();
    // First the next job, so that the thread does not wait for what this one's end sets going.
    if (!thread.isLeaving) {
      this.#threads.rest(thread);
      this.available();
    }
    if (answer !== undefined) job.answered(answer);
  }

  #returnedNothing(thread: PoolThread, job: PoolJob<unknown>, error: unknown): void {
    // Dead or dying: the worker's `exit` settles the job, by what was heard until then.
    if (thread.job !== job || thread.isLeaving) return;
    thread.calls.forget();
    const answer: ThreadAnswer = { heddle: 'panic', thrown: encodeThrown(error), reported: false };
    this.#returned(thread, job, answer);
  }
}

function endJob({ task }: HeldJob, because: string): void {
  // Who was asked to end before has a cause of its own.
  if (!isAborted(task)) task.withAttributes().cancelledBecause = because;
  task.abort();
}
