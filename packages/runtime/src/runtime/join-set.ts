import type { Result } from '../base/result.js';
import type { TaskId } from '../base/task-id.js';
import { type AbortHandle, abortHandleOf } from '../task/abort-handle.js';
import type { JoinError } from '../task/join-error.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Task } from '../task/task.js';
import { TaskGroup } from '../task/task-group.js';
import type { SendCheck } from '../wire/send-check.js';
import type { TaskFn } from '../wire/task-fn.js';
import { spawnBlocking } from './blocking.js';
import { JoinAll, JoinNext, Shutdown, takeNext } from './join-set-ops.js';
import { spawn } from './spawn.js';
import type { Spawn } from './spawner.js';
import { type TaskOptions, taskBuilder } from './task-builder.js';

/**
 * A set of tasks, joined in the order in which they end.
 *
 * Joined tasks leave the set; aborting does not take them out, they are joined as cancelled. Leaving
 * `joinNext()` loses nothing. JavaScript does not drop: a set that is no longer wanted is ended with
 * `shutdown()`, or let go with `detachAll()`. With `using` it aborts its tasks at the end of the block, with
 * `await using` it waits for their end too. Source: `tokio::task::JoinSet`.
 *
 * @example
 * const set = new JoinSet<string>();
 * set.spawn(async () => (await sleep(2), 'slow'));
 * set.spawn(async () => (await sleep(1), 'quick'));
 * for await (const result of set) console.log(result.unwrap()); // quick, then slow
 */
export class JoinSet<T> {
  readonly #group = new TaskGroup();

  /**
   * Makes a set, and spawns each of `fns` into it.
   *
   * Throws a `TypeError` for what is no function; those before it have been spawned, and go on. Source: `JoinSet::new`,
   * `FromIterator`.
   */
  constructor(fns: Iterable<TaskFn<[], T>> = []) {
    this.extend(fns);
  }

  /** How many tasks are in the set, settled or not. Source: `JoinSet::len`. */
  len(): number {
    return this.#group.size;
  }

  /** Whether there is none. Source: `JoinSet::is_empty`. */
  isEmpty(): boolean {
    return this.#group.size === 0;
  }

  /** Spawns into the set, as `spawn` does, and throws what that throws. Source: `JoinSet::spawn`. */
  spawn<A extends unknown[]>(fn: TaskFn<A, T>, ...args: A): AbortHandle {
    return this.spawnOn(spawn, fn, ...args);
  }

  /** Runs a function on a thread of the pool, as `spawnBlocking` does. Source: `JoinSet::spawn_blocking`. */
  spawnBlocking<A extends unknown[]>(fn: TaskFn<A, T> & SendCheck<A, T>, ...args: A): AbortHandle {
    return this.spawnOn(spawnBlocking, fn, ...args);
  }

  /**
   * Spawns into the set with any spawner: `set.spawnOn(thread.spawn, primes.count, 1000)`.
   *
   * Throws what the spawner throws, and a `TypeError` when that gives no handle. Source: `JoinSet::spawn_on`.
   */
  spawnOn<A extends unknown[]>(spawner: Spawn, fn: TaskFn<A, T>, ...args: A): AbortHandle {
    return this.add(spawner(fn, ...args));
  }

  /**
   * Prepares a spawn into the set with the options of `task.builder`, to be used any number of times.
   *
   * Throws a `TypeError` or `RangeError` that names the option which is wrong. Source: `JoinSet::build_task`.
   */
  builder(options: TaskOptions): JoinSetBuilder<T> {
    const prepared = taskBuilder(options);
    return { spawn: (fn, ...args) => this.spawnOn(prepared.spawn, fn, ...args) };
  }

  /** Spawns each of `fns` into the set. Source: `Extend`. */
  extend(fns: Iterable<TaskFn<[], T>>): void {
    for (const fn of fns) this.spawn(fn);
  }

  /** Puts a task that was spawned elsewhere into the set. Throws a `TypeError` for what is not a handle of heddle. */
  add(handle: JoinHandle<T>): AbortHandle {
    if (!(handle instanceof TaskHandle)) throw new TypeError('JoinSet.add: expected a JoinHandle of heddle');
    const task = TaskHandle.taskOf(handle);
    this.#group.add(task);
    task.noteTaken();
    return abortHandleOf(task);
  }

  /**
   * Waits for the next task to end, and takes it out; undefined when the set is empty.
   *
   * Aborted, or the loser of a `select`, it has taken none. Source: `JoinSet::join_next`.
   */
  joinNext(): Op<Result<T, JoinError> | undefined> {
    return new Operation(new JoinNext(this.#group, outcomeOf<T>));
  }

  /** As `joinNext`, with the id of the task before its outcome. Source: `JoinSet::join_next_with_id`. */
  joinNextWithId(): Op<readonly [TaskId, Result<T, JoinError>] | undefined> {
    return new Operation(new JoinNext(this.#group, idAndOutcomeOf<T>));
  }

  /**
   * Takes a task that has ended, if there is one, without waiting. It costs none of a poll's budget.
   *
   * Source: `JoinSet::try_join_next`.
   */
  tryJoinNext(): Result<T, JoinError> | undefined {
    return takeNext(this.#group, outcomeOf<T>);
  }

  /** As `tryJoinNext`, with the id of the task before its outcome. Source: `JoinSet::try_join_next_with_id`. */
  tryJoinNextWithId(): readonly [TaskId, Result<T, JoinError>] | undefined {
    return takeNext(this.#group, idAndOutcomeOf<T>);
  }

  /**
   * Waits for all, and gives their values in the order in which they ended.
   *
   * The first failure aborts the rest, and when all have ended it is thrown: what the task threw, or the `JoinError` of
   * one that was cancelled or crashed. Aborted, it has taken out those that had ended by then; the others stay in the
   * set and go on. Source: `JoinSet::join_all`.
   */
  joinAll(): Op<T[]> {
    return new Operation(new JoinAll<T>(this.#group));
  }

  /** Aborts every task. They stay in the set until they are joined. Source: `JoinSet::abort_all`. */
  abortAll(reason?: unknown): void {
    this.#group.abortAll(reason);
  }

  /**
   * Aborts every task and waits until none lives. None is abandoned, and what they throw is not thrown here.
   *
   * Aborted itself, it stops waiting; the tasks end all the same. Source: `JoinSet::shutdown`.
   */
  shutdown(): Op<void> {
    return new Operation<void>(new Shutdown(this.#group, () => {}));
  }

  /** Takes every task out, and lets it go on. Source: `JoinSet::detach_all`. */
  detachAll(): void {
    this.#group.clear();
  }

  /** The outcomes, in the order in which the tasks end, until the set is empty. Leaving the loop leaves the rest in it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Result<T, JoinError>, void, undefined> {
    for (;;) {
      const result = await this.joinNext();
      if (result === undefined) return;
      yield result;
    }
  }

  /** The same as `abortAll()` and then `detachAll()`: the tasks end, and nobody waits for them. */
  [Symbol.dispose](): void {
    this.abortAll();
    this.detachAll();
  }

  /** The same as `shutdown()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}

/** A spawn into a `JoinSet` that was prepared with options. It may be used many times. */
export interface JoinSetBuilder<T> {
  spawn<A extends unknown[]>(fn: TaskFn<A, T>, ...args: A): AbortHandle;
}

function outcomeOf<T>(task: Task<unknown>): Result<T, JoinError> {
  return task.outcome as Result<T, JoinError>;
}

function idAndOutcomeOf<T>(task: Task<unknown>): readonly [TaskId, Result<T, JoinError>] {
  return [task.id, outcomeOf(task)];
}
