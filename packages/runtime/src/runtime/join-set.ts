import type { Result } from '../base/result.js';

import { type AbortHandle, abortHandleOf } from '../task/abort-handle.js';
import type { JoinError } from '../task/join-error.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { TaskGroup } from '../task/task-group.js';
import type { TaskFn } from '../wire/task-fn.js';
import { JoinAll, JoinNext, Shutdown } from './join-set-ops.js';
import { spawn } from './spawn.js';
import type { Spawn } from './spawner.js';

/**
 * A set of tasks, joined in the order in which they end.
 *
 * Joined tasks leave the set; aborting does not take them out, they are joined as cancelled. Leaving
 * `joinNext()` loses nothing. JavaScript does not drop: a set that is no longer wanted is ended with
 * `shutdown()`, or let go with `detachAll()`. Source: `tokio::task::JoinSet`.
 *
 * @example
 * const set = new JoinSet<string>();
 * set.spawn(async () => (await sleep(2), 'slow'));
 * set.spawn(async () => (await sleep(1), 'quick'));
 * for await (const result of set) console.log(result.unwrap()); // quick, then slow
 */
export class JoinSet<T> {
  readonly #group = new TaskGroup();

  /** How many tasks are in the set, settled or not. */
  get size(): number {
    return this.#group.size;
  }

  isEmpty(): boolean {
    return this.#group.size === 0;
  }

  /** Spawns into the set, as `spawn` does. Source: `JoinSet::spawn`. */
  spawn<A extends unknown[]>(fn: TaskFn<A, T>, ...args: A): AbortHandle {
    return this.spawnOn(spawn, fn, ...args);
  }

  /** Spawns into the set with any spawner: `set.spawnOn(thread.spawn, primes.count, 1000)`. */
  spawnOn<A extends unknown[]>(spawner: Spawn, fn: TaskFn<A, T>, ...args: A): AbortHandle {
    return this.add(spawner(fn, ...args));
  }

  /** Puts a task that was spawned elsewhere into the set. Throws a `TypeError` for what is not a handle of heddle. */
  add(handle: JoinHandle<T>): AbortHandle {
    if (!(handle instanceof TaskHandle)) throw new TypeError('JoinSet.add: expected a JoinHandle of heddle');
    const task = TaskHandle.taskOf(handle);
    this.#group.add(task);
    task.noteTaken();
    return abortHandleOf(task);
  }

  /** Waits for the next task to end, and takes it out; undefined when the set is empty. Source: `JoinSet::join_next`. */
  joinNext(): Op<Result<T, JoinError> | undefined> {
    return new Operation(new JoinNext<T>(this.#group));
  }

  /** Takes a task that has ended, if there is one, without waiting. Source: `JoinSet::try_join_next`. */
  tryJoinNext(): Result<T, JoinError> | undefined {
    return this.#group.take()?.outcome as Result<T, JoinError> | undefined;
  }

  /**
   * Waits for all, and gives their values in the order in which they ended.
   *
   * The first panic, crash or cancellation aborts the rest and is thrown as its `JoinError`, once all have
   * ended. Source: `JoinSet::join_all`.
   */
  joinAll(): Op<T[]> {
    return new Operation(new JoinAll<T>(this.#group));
  }

  /** Aborts every task. They stay in the set until they are joined. Source: `JoinSet::abort_all`. */
  abortAll(reason?: unknown): void {
    this.#group.abortAll(reason);
  }

  /** Aborts every task and waits until none lives. None is abandoned. Source: `JoinSet::shutdown`. */
  shutdown(): Op<void> {
    return new Operation<void>(new Shutdown(this.#group));
  }

  /** Takes every task out, and lets it go on. Source: `JoinSet::detach_all`. */
  detachAll(): void {
    this.#group.clear();
  }

  /** The outcomes, in the order in which the tasks end, until the set is empty. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Result<T, JoinError>, void, undefined> {
    for (;;) {
      const result = await this.joinNext();
      if (result === undefined) return;
      yield result;
    }
  }
}
