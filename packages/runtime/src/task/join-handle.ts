import type { Result } from '../base/result.js';
import { RESUME, SUSPENDED, type Suspension } from '../base/suspension.js';
import type { TaskId } from '../base/task-id.js';
import { type AbortHandle, abortHandleOf } from './abort-handle.js';
import { type BlockingJoinOptions, blockingJoin } from './blocking-join.js';
import { current, currentWaker, forceYield } from './current.js';
import type { JoinError } from './join-error.js';
import { Joining } from './joining.js';
import type { Op } from './op.js';
import { iteratedOutside, Operation } from './operation.js';
import { resumeUnwind } from './resume-unwind.js';
import { isSettled } from './state.js';
import type { Task } from './task.js';

/**
 * The right to join one task, wherever it runs.
 *
 * `await handle` in an async function and `yield* handle` in a generator task give a `Result`; they never throw
 * for what the task did. A handle may be awaited again and gives the same outcome. Dropping it, or never
 * awaiting it, detaches: the task goes on, and raises no `unhandledRejection`.
 *
 * A handle that a task function *returns* is joined, as JavaScript's `return` of a thenable says.
 *
 * Source: `tokio::task::JoinHandle`, `std::thread::JoinHandle`. Here joining twice is allowed.
 *
 * @example
 * const handle = spawn(async () => 'sent');
 * const result = await handle;
 * if (result.ok) console.log(result.value);
 * else console.error(result.error.message);
 */
export interface JoinHandle<T> extends PromiseLike<Result<T, JoinError>> {
  /** Which task it is: unique in this process's thread, never 0. Source: `JoinHandle::id`. */
  readonly id: TaskId;
  /** The name that the task's builder gave it. */
  readonly name: string | undefined;
  /**
   * Whether the task has settled, which is after its cleanup. Agrees with `await`: true once it would not wait.
   *
   * Source: `JoinHandle::is_finished`.
   */
  isFinished(): boolean;
  /**
   * Asks the task to end. Only the first call counts; after the end it does nothing.
   *
   * `reason` becomes the `reason` of `task.signal` and the `cause` of the `JoinError`. A task that has not begun
   * never does. A waiting one is told at its next turn. A running one is told at its next operation, and keeps
   * its value when that poll completes. On a thread see `thread.spawn`. Source: `JoinHandle::abort`.
   */
  abort(reason?: unknown): void;
  /** Gives the right to abort without the right to join. Source: `JoinHandle::abort_handle`. */
  abortHandle(): AbortHandle;
  /**
   * Stops caring for the outcome; the task goes on all the same.
   *
   * A thread no longer keeps the process alive, and a task is left out of the hang report. A timer or a socket
   * that a task of this thread waits for keeps the process alive as any of Node's does.
   */
  detach(): void;
  /** Gives the value, or throws the `JoinError`. */
  unwrap(): Op<T>;
  /** Gives the value, or throws on what the body threw; a `JoinError` when it was cancelled or crashed. */
  orThrow(): Op<T>;
  /**
   * Blocks this OS thread until the thread of the task has ended, and gives its outcome: the one that `await` gives.
   *
   * Only for a handle of `thread.spawn`. Nothing else runs on this thread meanwhile, neither timers nor messages; the
   * grace and the time limit of the thread that is joined are kept all the same. It throws an `Error` for a task that
   * has no thread of its own, and where this thread has other tasks, since they would stand still; an `Elapsed` after
   * `timeoutMs`, and then the handle is as good as before. A thread that dies without a word is noticed on Linux;
   * elsewhere `timeoutMs` must be given, or it throws a `TypeError`. Source: `std::thread::JoinHandle::join`.
   *
   * @example
   * const handle = thread.spawn((n) => n + 1, 41);
   * console.log(handle.blockingJoin().unwrap()); // 42
   */
  blockingJoin(options?: BlockingJoinOptions): Result<T, JoinError>;
  /** For `yield*` in a generator task. */
  [Symbol.iterator](): Iterator<Suspension, Result<T, JoinError>, unknown>;
}

/**
 * The one implementation of `JoinHandle`: a task in the hand.
 *
 * In a generator task it is its own iterator, so that `yield* handle` makes no object: joining is half of what
 * a spawn is for. It keeps no state of its own, since many may join at once; what the joiner waits for is noted
 * with the joiner.
 */
export class TaskHandle<T> implements JoinHandle<T>, Iterator<Suspension, Result<T, JoinError>, unknown> {
  readonly #task: Task<T>;

  constructor(task: Task<T>) {
    this.#task = task;
  }

  /** The task behind a handle, for who joins without going through an operation. */
  static taskOf<T>(handle: TaskHandle<T>): Task<T> {
    return handle.#task;
  }

  get id(): TaskId {
    return this.#task.id;
  }

  get name(): string | undefined {
    return this.#task.name;
  }

  isFinished(): boolean {
    return isSettled(this.#task);
  }

  abort(reason?: unknown): void {
    this.#task.abort(reason);
  }

  abortHandle(): AbortHandle {
    return abortHandleOf(this.#task);
  }

  detach(): void {
    this.#task.owner.detach(this.#task as Task<unknown>);
  }

  unwrap(): Op<T> {
    return new Operation(new Joining(this.#task, (outcome) => outcome.unwrap()));
  }

  orThrow(): Op<T> {
    return new Operation(
      new Joining(this.#task, (outcome) => {
        if (outcome.ok) return outcome.value;
        if (outcome.error.isPanic()) resumeUnwind(outcome.error.intoPanic());
        throw outcome.error;
      }),
    );
  }

  blockingJoin(options: BlockingJoinOptions = {}): Result<T, JoinError> {
    return blockingJoin(this.#task, options);
  }

  [Symbol.iterator](): Iterator<Suspension, Result<T, JoinError>, unknown> {
    if (current.task === null) return new Operation(this.#task)[Symbol.iterator]();
    if (currentWaker() === null) throw iteratedOutside(this.#task.what);
    return this;
  }

  next(sent: unknown): IteratorResult<Suspension, Result<T, JoinError>> {
    const waker = currentWaker();
    const joiner = current.task;
    const task = this.#task;
    if (waker === null || joiner === null) throw iteratedOutside(task.what);
    if (sent !== RESUME) {
      // biome-ignore lint/complexity/noArguments: a rest parameter would make an array of it
      if (arguments.length === 0) throw iteratedOutside(task.what);
      if (current.leaving !== null && !current.leaving.mayBegin()) return SUSPENDED;
    }
    const { outcome } = task;
    if (outcome !== undefined && current.budget > 0) {
      current.budget -= 1;
      if (current.branch === null) joiner.waitsFor = undefined;
      if (task.attributes !== undefined) task.noteTaken();
      return { done: true, value: outcome };
    }
    if (outcome === undefined) task.join(waker);
    else {
      forceYield(current.task);
      waker.wake();
    }
    if (current.branch === null) joiner.waitsFor = task;
    return SUSPENDED;
  }

  return(): IteratorResult<Suspension, Result<T, JoinError>> {
    const waker = currentWaker();
    if (waker !== null) this.#task.unjoin(waker);
    if (current.branch === null && current.task !== null) current.task.waitsFor = undefined;
    return { done: true, value: undefined as never };
  }

  /** So that a printed handle says whose it is. */
  get [Symbol.toStringTag](): string {
    return this.#task.what;
  }

  // biome-ignore lint/suspicious/noThenProperty: a handle is awaitable, and PromiseLike is how JavaScript says so
  then<A = Result<T, JoinError>, B = never>(
    onValue?: ((value: Result<T, JoinError>) => A | PromiseLike<A>) | null,
    onThrow?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return new Operation(this.#task).then(onValue, onThrow);
  }
}
