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
import { JoinNext, Shutdown, takeNext } from './join-set-ops.js';
import { spawn } from './spawn.js';
import type { Spawn } from './spawner.js';

/**
 * A `JoinSet` whose tasks have keys: each outcome comes with the key of its task.
 *
 * There is one task for each key, and a key is compared as a `Map` compares it. Spawning another under a key that is in
 * the map aborts the one before, whose outcome nobody sees then, even when it had ended; it is still waited for:
 * `joinNext()` gives undefined, and `shutdown()` ends, when no task that was ever spawned into the map is left.
 * With `using` it aborts its tasks at the end of the block. Source: `tokio_util::task::JoinMap`.
 *
 * @example
 * const pages = new JoinMap<string, number>();
 * pages.spawn('/slow', async () => (await sleep(2), 200));
 * pages.spawn('/gone', async () => 404);
 * for await (const [path, result] of pages) console.log(path, result.unwrap()); // /gone 404, then /slow 200
 */
export class JoinMap<K, T> {
  readonly #group = new TaskGroup();
  readonly #tasks = new Map<K, Task<unknown>>();
  /** A task that is not in here was replaced. */
  readonly #keys = new Map<TaskId, K>();

  /** How many keys there are, of tasks that have settled and of others. Source: `JoinMap::len`. */
  len(): number {
    return this.#tasks.size;
  }

  /** Whether there is none. Source: `JoinMap::is_empty`. */
  isEmpty(): boolean {
    return this.#tasks.size === 0;
  }

  /** Spawns under `key`, as `spawn` does, and throws what that throws. Source: `JoinMap::spawn`. */
  spawn<A extends unknown[]>(key: K, fn: TaskFn<A, T>, ...args: A): AbortHandle {
    return this.spawnOn(key, spawn, fn, ...args);
  }

  /** Runs a function on a thread of the pool, as `spawnBlocking` does. Source: `JoinMap::spawn_blocking`. */
  spawnBlocking<A extends unknown[]>(key: K, fn: TaskFn<A, T> & SendCheck<A, T>, ...args: A): AbortHandle {
    return this.spawnOn(key, spawnBlocking, fn, ...args);
  }

  /**
   * Spawns under `key` with any spawner: `map.spawnOn('primes', thread.spawn, primes.count, 1000)`.
   *
   * Throws what the spawner throws, and then the one before goes on; a `TypeError` when it gives no handle.
   * Source: `JoinMap::spawn_on`.
   */
  spawnOn<A extends unknown[]>(key: K, spawner: Spawn, fn: TaskFn<A, T>, ...args: A): AbortHandle {
    return this.add(key, spawner(fn, ...args));
  }

  /** Puts a task that was spawned elsewhere under `key`. Throws a `TypeError` for what is not a handle of heddle. */
  add(key: K, handle: JoinHandle<T>): AbortHandle {
    if (!(handle instanceof TaskHandle)) throw new TypeError('JoinMap.add: expected a JoinHandle of heddle');
    const task = TaskHandle.taskOf(handle) as Task<unknown>;
    const before = this.#tasks.get(key);
    if (this.#keys.has(task.id) && before !== task) {
      throw new TypeError(`JoinMap.add: task ${task.id} is in the map under another key`);
    }
    this.#tasks.set(key, task);
    this.#keys.set(task.id, key);
    this.#group.add(task);
    task.noteTaken();
    if (before !== undefined && before !== task) {
      this.#keys.delete(before.id);
      before.abort();
    }
    return abortHandleOf(task);
  }

  /**
   * Waits for the next task to end, and takes it out with its key; undefined when the map is empty.
   *
   * Aborted, or the loser of a `select`, it has taken none. Source: `JoinMap::join_next`.
   */
  joinNext(): Op<readonly [K, Result<T, JoinError>] | undefined> {
    return new Operation(new JoinNext(this.#group, this.#take));
  }

  /** Takes a task that has ended, if there is one, without waiting. Source: `JoinMap::try_join_next`. */
  tryJoinNext(): readonly [K, Result<T, JoinError>] | undefined {
    return takeNext(this.#group, this.#take);
  }

  /** Whether a task is under `key`, settled or not. Source: `JoinMap::contains_key`. */
  containsKey(key: K): boolean {
    return this.#tasks.has(key);
  }

  /** Whether the task of that id is in the map, settled or not. Source: `JoinMap::contains_task`. */
  containsTask(id: TaskId): boolean {
    return this.#keys.has(id);
  }

  /** The keys, in the order in which they came. Source: `JoinMap::keys`. */
  keys(): IterableIterator<K> {
    return this.#tasks.keys();
  }

  /** Aborts the task under `key`, which stays in the map. Answers `false` when there is none. Source: `JoinMap::abort`. */
  abort(key: K, reason?: unknown): boolean {
    const task = this.#tasks.get(key);
    task?.abort(reason);
    return task !== undefined;
  }

  /** Aborts every task whose key `matches`. They stay in the map. Source: `JoinMap::abort_matching`. */
  abortMatching(matches: (key: K) => boolean, reason?: unknown): void {
    for (const [key, task] of [...this.#tasks]) if (matches(key)) task.abort(reason);
  }

  /** Aborts every task. They stay in the map until they are joined. Source: `JoinMap::abort_all`. */
  abortAll(reason?: unknown): void {
    this.#group.abortAll(reason);
  }

  /**
   * Aborts every task and waits until none lives. None is abandoned, and what they throw is not thrown here.
   *
   * Aborted itself, it stops waiting; the tasks end all the same. Source: `JoinMap::shutdown`.
   */
  shutdown(): Op<void> {
    return new Operation<void>(new Shutdown(this.#group, this.#take));
  }

  /** Takes every task out, and lets it go on. Source: `JoinMap::detach_all`. */
  detachAll(): void {
    this.#tasks.clear();
    this.#keys.clear();
    this.#group.clear();
  }

  /** Keys and outcomes, in the order in which the tasks end, until the map is empty. Leaving the loop leaves the rest in it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<readonly [K, Result<T, JoinError>], void, undefined> {
    for (;;) {
      const next = await this.joinNext();
      if (next === undefined) return;
      yield next;
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

  readonly #take = (task: Task<unknown>): readonly [K, Result<T, JoinError>] | undefined => {
    if (!this.#keys.has(task.id)) return undefined;
    const key = this.#keys.get(task.id) as K;
    this.#keys.delete(task.id);
    this.#tasks.delete(key);
    return [key, task.outcome as Result<T, JoinError>];
  };
}
