import type { MessagePort } from 'node:worker_threads';
import { diagnostics } from '../base/diagnostics.js';
import { osThreadId } from '../base/os-thread.js';
import { Err, type Result } from '../base/result.js';
import type { Seat } from '../base/seat.js';
import { takeMessages } from '../base/take-messages.js';
import { currentTask } from '../task/current.js';
import type { JoinError } from '../task/join-error.js';
import { observed } from '../task/observer.js';
import { publishSettle, publishSpawn } from '../task/publish-task.js';
import { Task, type TaskOwner } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { encodeThrown } from '../wire/error-codec.js';
import type { PreparedJob } from '../wire/job.js';
import { NEVER_RUNS, OVER, RUNS } from '../wire/job-state.js';
import { leaveBehind } from '../wire/movable-class.js';
import { Thread } from '../wire/thread.js';
import type { ThreadAbort, ThreadReport, ThreadStart } from '../wire/thread-messages.js';
import { ThreadWords } from '../wire/thread-words.js';
import { checkDeathsSeen } from './check-deaths-seen.js';
import { DueList } from './due-list.js';
import { isGone } from './is-gone.js';
import { GRACE_MS, LEAVE_MS, reportAbandoned, settleJob } from './job-end.js';
import { addThread, counters, removeThread } from './live-threads.js';
import { notCloneable } from './not-cloneable.js';
import { refusedFlags } from './refused-flags.js';
import { reportPriority } from './report-priority.js';
import { takeSpare } from './spares.js';
import { ASKED, KILLED, NOT_ASKED, type ThreadEnd } from './thread-end.js';
import type { ThreadOptions } from './thread-options.js';
import { cancelled, outcomeOf } from './thread-outcome.js';
import { newThread, type WorkerThread } from './worker-paths.js';

/** How often a blocked joiner looks whether the thread is gone. */
const SLICE_MS = 10;
const LAST_SLICE_MS = 1;

/**
 * Keeps one OS thread, from its start until it is gone: the owner of its task.
 *
 * It only collects what it hears (see wire/thread-messages.ts), and settles the task when the thread is gone: at
 * the worker's `exit`, which comes last and always. So a thread that dies with its answer half way has
 * crashed, one that answers and then dies has answered, and after an `await` nothing of the thread is left.
 *
 * Always is not quite: a thread that sits in a system call cannot be terminated. It is abandoned, as a task is
 * that will not end.
 *
 * Rejected: settling at the answer. It is a millisecond sooner, of thirty, and then the thread's exit handlers
 * still run, and its memory is still there, beside whatever comes after the `await`.
 */
export class ThreadJob<T> implements TaskOwner {
  readonly task: Task<T>;
  readonly #options: ThreadOptions;
  readonly #end: ThreadEnd = { started: false, abort: NOT_ASKED, exitCode: 0 };
  readonly #due = new DueList();
  #seat: Seat | undefined;
  #blocking = false;
  #thread: WorkerThread | undefined;
  #known: Thread | undefined;

  constructor(options: ThreadOptions, attributes: TaskAttributes) {
    this.#options = options;
    this.task = new Task<T>(this, undefined, attributes);
    observed.by?.spawned(this.task as Task<unknown>, currentTask());
  }

  /** Starts the thread. Throws a `TypeError` when the job turns out not to be cloneable: then there is no thread. */
  start(job: PreparedJob): void {
    this.#seat = observed.by?.seat(this.task as Task<unknown>);
    const tell = (port: MessagePort): void => port.postMessage(this.#startMessage(job), job.transfer);
    try {
      this.#thread = takeSpare(this.#options, tell) ?? newThread(this.#options, tell);
    } catch (error) {
      leaveBehind(job.transfer);
      const refusal = notCloneable(error) ?? refusedFlags(error);
      if (refusal !== undefined) {
        if (this.#seat !== undefined) observed.by?.unused(this.#seat);
        observed.by?.settled(this.task as Task<unknown>);
        throw refusal;
      }
      // The operating system has no thread to give. Later, as any other crash.
      this.#end.failed = { error };
      publishSpawn(this.task as Task<unknown>);
      setImmediate(() => this.#gone());
      return;
    }
    counters.messagesSent += 1;
    publishSpawn(this.task as Task<unknown>);
    addThread(this.task as Task<unknown>);
    this.#listen(this.#thread);
    const { threadId } = this.#thread.worker;
    if (diagnostics.threadStart.hasSubscribers) {
      diagnostics.threadStart.publish({ kind: 'thread', threadId, name: this.task.name });
    }
    if (this.#options.detached === true) this.detach();
  }

  /** As `thread.of` gives it. */
  get thread(): Thread {
    this.#known ??= new Thread(this.#options.name, (this.#thread?.words ?? new ThreadWords()).buffer);
    return this.#known;
  }

  /** Settles a task that is aborted before it has a thread. */
  cancel(): void {
    publishSpawn(this.task as Task<unknown>);
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
    this.task.withAttributes().detached = true;
    this.#thread?.worker.unref();
  }

  /**
   * The events of the worker are not heard meanwhile: what they would tell is found in the port, in the thread's words,
   * and by its being gone. So is what is due, since no timer fires.
   */
  blockUntilEnded(timeoutMs: number | undefined): void {
    checkDeathsSeen(osThreadId() !== undefined, timeoutMs);
    const untilMs = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    this.#blocking = true;
    while (this.task.outcome === undefined) {
      if (this.#thread === undefined) this.#gone();
      else this.#look(this.#thread);
      const leftMs = untilMs - performance.now();
      if (this.task.outcome !== undefined || leftMs <= 0) break;
      this.#thread?.words.waitForEnd(Math.min(leftMs, this.#sliceMs(), this.#due.nextInMs()));
    }
    this.#blocking = false;
  }

  abort(): void {
    observed.by?.aborted(this.task as Task<unknown>, currentTask());
    // What has failed is about to be gone, for a reason of its own.
    if (this.#thread === undefined || this.#end.failed !== undefined) return;
    switch (this.#thread.state.stop()) {
      case NEVER_RUNS:
        this.#kill();
        return;
      case RUNS:
        // Parked, it would not see the flag.
        this.#thread.words.unpark();
        this.#ask(this.#options.graceMs ?? GRACE_MS);
        return;
      case OVER:
        return;
    }
  }

  ended(): void {
    this.#due.cancelAll();
    observed.by?.settled(this.task as Task<unknown>);
    publishSettle(this.task as Task<unknown>);
  }

  #ask(graceMs: number): void {
    this.#end.abort = ASKED;
    const killIfRunning = (): void => {
      if (this.#thread?.state.kill() === true) this.#kill();
    };
    if (graceMs === 0) {
      killIfRunning();
      return;
    }
    const message: ThreadAbort = { heddle: 'abort', reason: encodeThrown(this.task.attributes?.abortReason) };
    this.#thread?.port.postMessage(message);
    counters.messagesSent += 1;
    this.#after(graceMs, killIfRunning);
  }

  #kill(): void {
    this.#end.abort = KILLED;
    void this.#thread?.worker.terminate();
    this.#after(LEAVE_MS, () => {
      const { task } = this;
      this.#settle(Err(cancelled(task as Task<unknown>, { abandoned: true })));
      this.#thread?.worker.unref();
      reportAbandoned(task as Task<unknown>);
    });
  }

  #listen({ worker, port }: WorkerThread): void {
    port
      .on('message', (report) => this.#heard(report))
      .on('messageerror', (error) => {
        this.#end.unreadable ??= error;
      })
      // A port with a listener keeps the process alive; that is for the worker to do.
      .unref();
    worker
      .on('error', (error) => {
        this.#end.failed ??= { error };
      })
      .on('exit', (code) => {
        this.#end.exitCode = code;
        if (diagnostics.threadExit.hasSubscribers) {
          const threadId = this.#thread?.words.id;
          diagnostics.threadExit.publish({ kind: 'thread', threadId, name: this.task.name, exitCode: code });
        }
        removeThread(this.task as Task<unknown>);
        this.#hearTheRest(port);
        this.#gone();
      });
  }

  /** Looks, from a blocked thread, how far the other is. */
  #look({ port, words, bornAs }: WorkerThread): void {
    // Asked first: what it said before it went is in the port then.
    const gone = isGone(words, bornAs);
    this.#hear(port);
    this.#due.runDue();
    if (!gone) return;
    const { uncaught } = this.#end;
    if (uncaught?.fatal === true) this.#end.failed ??= { error: undefined };
    this.#end.exitCode = words.exitCode;
    removeThread(this.task as Task<unknown>);
    this.#gone();
  }

  /** Long for a thread that works, and short for one that has said that it ends. */
  #sliceMs(): number {
    return this.#thread?.words.exitCode === undefined ? SLICE_MS : LAST_SLICE_MS;
  }

  /** What the thread posted is in the port, but perhaps not delivered yet. */
  #hearTheRest(port: MessagePort): void {
    this.#hear(port);
    port.close();
  }

  #hear(port: MessagePort): void {
    takeMessages<ThreadReport>(
      port,
      (report) => this.#heard(report),
      (error) => {
        this.#end.unreadable ??= error;
      },
    );
  }

  #heard(report: ThreadReport): void {
    counters.messagesReceived += 1;
    switch (report.heddle) {
      case 'ready':
        return;
      case 'started':
        this.#limitTime();
        return;
      case 'priority':
        reportPriority(this.#options.priority, report.why);
        return;
      case 'value':
      case 'panic':
      case 'cancelled':
        this.#end.answer ??= report;
        // Its exit handlers may take their time, but not for ever.
        this.#after(LEAVE_MS, () => {
          void this.#thread?.worker.terminate();
          this.#gone();
        });
        return;
      case 'uncaught':
        this.#end.uncaught = report;
        return;
      case 'leaving':
        this.#end.leaving = report;
        return;
    }
  }

  #limitTime(): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined) return;
    this.#after(timeoutMs, () => this.task.abort(new Error(`timeoutMs: ${timeoutMs} ms have passed`)));
  }

  #after(delayMs: number, run: () => void): void {
    this.#due.after(delayMs, run);
  }

  #gone(): void {
    if (this.#seat !== undefined) observed.by?.gone(this.#seat);
    this.#end.started = this.#thread?.state.hasStarted() === true;
    this.#settle(outcomeOf(this.task, this.#end));
  }

  #settle(outcome: Result<T, JoinError>): void {
    settleJob(this.task, outcome, this.#end.answer, this.#blocking || this.task.joiners !== undefined);
  }

  #startMessage({ message }: PreparedJob): ThreadStart {
    const { id, name } = this.task;
    return {
      job: message,
      taskId: id,
      name,
      seat: this.#seat,
      priority: this.#options.priority,
      timed: this.#options.timeoutMs !== undefined,
    };
  }
}
