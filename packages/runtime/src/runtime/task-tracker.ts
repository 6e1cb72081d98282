import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { SendCheck } from '../wire/send-check.js';
import type { TaskFn } from '../wire/task-fn.js';
import { spawnBlocking } from './blocking.js';
import { spawn } from './spawn.js';
import type { Spawn } from './spawner.js';

/**
 * Waits for a number of tasks without asking for their outcomes: the end of a server.
 *
 * `wait()` ends when the tracker was closed and nothing it tracks is left. It keeps nothing of a task that has ended,
 * where a `JoinSet` keeps its outcome; it aborts no task either, not when it is forgotten: a `CancellationToken` asks
 * them to end. Source: `tokio_util::task::TaskTracker`.
 *
 * @example
 * const tracker = new TaskTracker();
 * for (const client of ['ada', 'grace']) tracker.spawn(async () => (await sleep(1), client));
 * tracker.close();
 * await tracker.wait();
 * console.log(tracker.len()); // 0
 */
export class TaskTracker {
  readonly #state: TrackerState = { tracked: 0, closed: false, ends: 0, waiters: new Set() };

  /** Spawns and tracks, as `spawn` does, whether the tracker is closed or not. Source: `TaskTracker::spawn`. */
  spawn<A extends unknown[], R>(fn: TaskFn<A, R>, ...args: A): JoinHandle<R> {
    return this.spawnOn(spawn, fn, ...args);
  }

  /** Runs a function on a thread of the pool and tracks it. Source: `TaskTracker::spawn_blocking`. */
  spawnBlocking<A extends unknown[], R>(fn: TaskFn<A, R> & SendCheck<A, R>, ...args: A): JoinHandle<R> {
    return this.spawnOn(spawnBlocking, fn, ...args);
  }

  /** Spawns with any spawner, and tracks. Throws what the spawner throws. Source: `TaskTracker::spawn_on`. */
  spawnOn<A extends unknown[], R>(spawner: Spawn, fn: TaskFn<A, R>, ...args: A): JoinHandle<R> {
    return this.trackTask(spawner(fn, ...args));
  }

  /**
   * Tracks a task that was spawned elsewhere until it settles, and gives its handle back.
   *
   * Throws a `TypeError` for what is not a handle of heddle. Source: `TaskTracker::track_future`.
   */
  trackTask<R>(handle: JoinHandle<R>): JoinHandle<R> {
    if (!(handle instanceof TaskHandle)) {
      throw new TypeError('TaskTracker.trackTask: expected a JoinHandle of heddle');
    }
    const token = this.token();
    TaskHandle.taskOf(handle).afterwards(() => token.release());
    return handle;
  }

  /** Counts something that is no task until the token is released. Source: `TaskTracker::token`. */
  token(): TaskTrackerToken {
    return new TaskTrackerToken(this.#state);
  }

  /** Lets `wait()` end. Answers `false` when it was closed already. Source: `TaskTracker::close`. */
  close(): boolean {
    if (this.#state.closed) return false;
    this.#state.closed = true;
    endIfDone(this.#state);
    return true;
  }

  /** Keeps `wait()` from ending. Answers `false` when it was open already. Source: `TaskTracker::reopen`. */
  reopen(): boolean {
    if (!this.#state.closed) return false;
    this.#state.closed = false;
    return true;
  }

  /** Source: `TaskTracker::is_closed`. */
  isClosed(): boolean {
    return this.#state.closed;
  }

  /** How many tasks and tokens it tracks. Source: `TaskTracker::len`. */
  len(): number {
    return this.#state.tracked;
  }

  /** Source: `TaskTracker::is_empty`. */
  isEmpty(): boolean {
    return this.#state.tracked === 0;
  }

  /**
   * Waits until the tracker is closed and empty, counted from this call: a moment of both is enough, and a later
   * `reopen()` or `spawn()` does not take it back.
   *
   * Aborted, it stops waiting, and no task hears of it. Source: `TaskTracker::wait`.
   */
  wait(): Op<void> {
    return new Operation<void>(new TrackerEnd(this.#state));
  }
}

/**
 * Something that a `TaskTracker` counts although it is no task. Source: `tokio_util::task::task_tracker::TaskTrackerToken`.
 *
 * @example
 * const tracker = new TaskTracker();
 * const token = tracker.token();
 * tracker.close();
 * console.log(tracker.len()); // 1
 * token.release();
 * await tracker.wait();
 */
export class TaskTrackerToken {
  #state: TrackerState | undefined;

  /** Not for programs: `tracker.token()` makes it. */
  constructor(state: TrackerState) {
    this.#state = state;
    state.tracked += 1;
  }

  /** Ends the counting. Again, it does nothing. */
  release(): void {
    const state = this.#state;
    if (state === undefined) return;
    this.#state = undefined;
    state.tracked -= 1;
    endIfDone(state);
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}

interface TrackerState {
  tracked: number;
  closed: boolean;
  /** How often it was closed and empty: a wait ends by the first time after it was made. */
  ends: number;
  readonly waiters: Set<Waker>;
}

function endIfDone(state: TrackerState): void {
  if (!state.closed || state.tracked > 0) return;
  state.ends += 1;
  const woken = [...state.waiters];
  state.waiters.clear();
  for (const waiter of woken) waiter.wake();
}

class TrackerEnd implements Pollable<void> {
  readonly #state: TrackerState;
  /** Of the ends that were seen; below all of them where it was made at one. */
  readonly #seen: number;

  constructor(state: TrackerState) {
    this.#state = state;
    this.#seen = state.closed && state.tracked === 0 ? -1 : state.ends;
  }

  get what(): string {
    const { tracked, closed } = this.#state;
    return `wait() of a TaskTracker with ${tracked} left${closed ? '' : ', which nobody has closed'}`;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#state.ends > this.#seen) return undefined;
    this.#state.waiters.add(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#state.waiters.delete(waker);
    return true;
  }
}
