import type { HeapEntry } from '../base/min-heap.js';
import { Err, Ok, type Result } from '../base/result.js';
import { startTimeout } from '../base/timeout.js';
import { currentTask } from '../task/current.js';
import type { JoinError } from '../task/join-error.js';
import { type Observer, observed } from '../task/observer.js';
import { publishSettle, publishSpawn } from '../task/publish-task.js';
import { Task, type TaskOwner } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { GRACE_MS, LEAVE_MS, reportAbandoned, settleJob } from '../thread/job-end.js';
import { ASKED, KILLED, NOT_ASKED, type ThreadEnd } from '../thread/thread-end.js';
import { cancelled, outcomeOf } from '../thread/thread-outcome.js';
import { encodeThrown } from '../wire/error-codec.js';
import type { PreparedJob } from '../wire/job.js';
import { NEVER_RUNS, OVER, RUNS } from '../wire/job-state.js';
import { leaveBehind } from '../wire/movable-class.js';
import type { ThreadAnswer } from '../wire/thread-messages.js';
import type { BlockingOptions } from './blocking-options.js';
import { InTransit } from './in-transit.js';
import type { PoolThread } from './pool-thread.js';

/** Hears of a job what matters to its pool. */
export interface JobKeeper {
  /** Takes a job out of the queue that is not to begin. */
  withdraw(job: PoolJob<unknown>): void;
  /** The job has its outcome. */
  settled(job: PoolJob<unknown>): void;
  /** Nobody cares any more whether the job ends before the process. */
  detached(job: PoolJob<unknown>): void;
}

/**
 * One job of a pool, from its spawn to its outcome: the owner of its task, and its place in the queue.
 *
 * Until it has a thread, an abort is a matter of the queue. From then on the two sides decide between them by the
 * state word of the thread, as wire/job-state.ts draws it; only that a job which has not begun settles at once,
 * since its thread goes on and is nothing to wait for.
 */
export class PoolJob<T> implements TaskOwner, HeapEntry {
  readonly task: Task<T>;
  readonly key: number;
  readonly serial: number;
  place = -1;
  readonly options: BlockingOptions;
  /** What is sent; nobody needs it afterwards. */
  #prepared: PreparedJob | undefined;
  #inTransit: InTransit | undefined;
  thread: PoolThread | undefined = undefined;
  readonly #keeper: JobKeeper;
  #asked: typeof NOT_ASKED | typeof ASKED | typeof KILLED = NOT_ASKED;
  /** Who has heard of its spawn. */
  #observer: Observer | undefined = observed.by;
  #cancels: (() => void)[] | undefined;

  constructor(
    keeper: JobKeeper,
    serial: number,
    options: BlockingOptions,
    prepared: PreparedJob,
    attributes: TaskAttributes | undefined,
  ) {
    this.#keeper = keeper;
    this.serial = serial;
    this.options = options;
    this.#prepared = prepared;
    this.key = -(options.priority ?? 0);
    this.task = new Task<T>(this, undefined, attributes);
    this.#observer?.spawned(this.task as Task<unknown>, currentTask());
    publishSpawn(this.task as Task<unknown>);
    const { deadlineMs } = options;
    if (deadlineMs !== undefined) this.#abortAfter(deadlineMs, 'deadlineMs');
  }

  /** What is to be sent, until it is: `undefined` for a job that has settled. */
  get prepared(): PreparedJob | undefined {
    if (this.#inTransit === undefined) return this.#prepared;
    this.#prepared = this.#inTransit.arrive();
    this.#inTransit = undefined;
    return this.#prepared;
  }

  /** It was sent. */
  sentTo(thread: PoolThread): void {
    this.#prepared = undefined;
    this.thread = thread;
  }

  /** It has to wait for a thread. */
  waits(): void {
    if (this.#prepared !== undefined) this.#inTransit ??= InTransit.of(this.#prepared);
  }

  get isDetached(): boolean {
    return this.task.attributes?.detached === true;
  }

  /** The body has begun, on a thread that was asked to say so. */
  began(): void {
    const { timeoutMs } = this.options;
    if (timeoutMs !== undefined) this.#abortAfter(timeoutMs, 'timeoutMs');
  }

  /** Settles with what the thread has answered. */
  answered(answer: ThreadAnswer): void {
    const { thread, task } = this;
    // The ordinary case, which needs no more to be heard of the thread.
    if (answer.heddle === 'value' && answer.payload.restore === undefined && this.#asked === NOT_ASKED) {
      this.#settle(Ok(answer.payload.value as T));
    } else if (thread !== undefined) {
      const end = thread.endOf(this.#asked, answer);
      this.#settle(outcomeOf(task, end), end);
    }
  }

  /** Settles a job whose thread is gone, by what was heard of it. */
  lost(end: ThreadEnd): void {
    this.#leaveBehind();
    this.#settle(outcomeOf(this.task, { ...end, abort: this.#asked }), end);
  }

  /** Settles a job that is aborted before it has begun. */
  cancel(): void {
    this.#leaveBehind();
    this.#settle(Err(cancelled(this.task as Task<unknown>)));
  }

  enqueue(): void {
    // Nothing wakes a task that the kernel schedules.
  }

  mayWait(): boolean {
    return false;
  }

  nowMs(): number {
    return performance.now();
  }

  detach(): void {
    if (this.isDetached || this.task.outcome !== undefined) return;
    this.task.withAttributes().detached = true;
    this.#keeper.detached(this as PoolJob<unknown>);
  }

  abort(): void {
    this.#observer?.aborted(this.task as Task<unknown>, currentTask());
    const { thread } = this;
    if (thread === undefined) {
      this.#keeper.withdraw(this as PoolJob<unknown>);
      this.cancel();
      return;
    }
    // What has failed is about to be gone, for a reason of its own.
    if (thread.hasFailed) return;
    switch (thread.state.stop()) {
      case NEVER_RUNS:
        thread.killAfter(this.#graceMs);
        this.cancel();
        return;
      case RUNS:
        this.#ask(thread);
        return;
      case OVER:
        return;
    }
  }

  /** Ends the thread of a job that was asked to end and has not, whatever its grace. */
  endNow(): void {
    if (this.thread?.state.kill() === true) this.#kill(this.thread);
  }

  ended(): void {
    this.#observer?.settled(this.task as Task<unknown>);
    this.#observer = undefined;
    publishSettle(this.task as Task<unknown>);
    for (const cancel of this.#cancels ?? []) cancel();
    this.#keeper.settled(this as PoolJob<unknown>);
  }

  get #graceMs(): number {
    return this.options.graceMs ?? GRACE_MS;
  }

  #leaveBehind(): void {
    const { prepared } = this;
    if (prepared !== undefined) leaveBehind(prepared.transfer);
  }

  #ask(thread: PoolThread): void {
    this.#asked = ASKED;
    const graceMs = this.#graceMs;
    if (graceMs === 0) {
      this.endNow();
      return;
    }
    const { id, attributes } = this.task;
    thread.tell({ heddle: 'abort', taskId: id, reason: encodeThrown(attributes?.abortReason) });
    this.#after(graceMs, () => this.endNow());
  }

  #kill(thread: PoolThread): void {
    this.#asked = KILLED;
    thread.terminate();
    this.#after(LEAVE_MS, () => {
      const { task } = this;
      this.#settle(Err(cancelled(task as Task<unknown>, { abandoned: true })));
      this.#keeper.detached(this as PoolJob<unknown>);
      thread.unref();
      reportAbandoned(task as Task<unknown>);
    });
  }

  #abortAfter(delayMs: number, option: 'deadlineMs' | 'timeoutMs'): void {
    this.#after(delayMs, () => this.task.abort(new Error(`${option}: ${delayMs} ms have passed`)));
  }

  #after(delayMs: number, run: () => void): void {
    this.#cancels ??= [];
    this.#cancels.push(startTimeout(delayMs, run));
  }

  #settle(outcome: Result<T, JoinError>, end?: ThreadEnd): void {
    settleJob(this.task, outcome, end?.answer);
  }
}
