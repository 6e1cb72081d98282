import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import type { Task } from '../task/task.js';
import { calledFrom, callSite } from '../wire/inline/call-site.js';
import type { TaskFn } from '../wire/task-fn.js';
import { isTaskRef } from '../wire/task-ref.js';
import { checkWhole } from './check-options.js';
import { ConcurrentResults } from './concurrent-results.js';
import { ConcurrentWork } from './concurrent-work.js';
import { spawn as spawnHere } from './spawn.js';
import type { Spawn } from './spawner.js';

/** How `mapConcurrent` goes about it. */
export interface MapConcurrentOptions {
  /** How many tasks there may be at a time, those whose value was not taken yet among them. */
  readonly concurrency: number;
  /** Whether the values come in the order of the items, as they do by default, or in that in which tasks end. */
  readonly ordered?: boolean;
  /** What spawns: `spawn` by default; `thread.spawn`, `spawnBlocking`, or the `spawn` of a builder or a runtime. */
  readonly spawn?: Spawn;
  /** Aborts the tasks when it fires, closes the source, and is thrown as its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Calls `fn` with each item in a task of its own, several at a time, and gives the values as they are asked for.
 *
 * Nothing happens before the first value is asked for. `items` is an iterable or an async iterable, such as a channel;
 * the next item is taken when a task may be spawned for it, and a task may when fewer than `concurrency` are running or
 * have a value that was not taken. So a slow consumer slows the source down, and at most `concurrency` items are ever
 * ahead of it. Items are given to `fn` as they are: a promise is not awaited.
 *
 * **Failure.** What `fn` or the source throws is thrown to who asks for the next value, at once and once: values that
 * were not taken yet are not given. A task that was aborted by others, or whose thread crashed, is thrown as its
 * `JoinError`. **The end.** After a failure, when the loop is left, when its task is aborted or `signal` fires, the tasks
 * that run are aborted, the source is closed (`return()`), and the end of both is waited for. (The source is not waited
 * for while it is still asked for an item: an async generator answers one request after the other.) Tasks that do not
 * end are abandoned as any are.
 *
 * Throws a `TypeError` or `RangeError` at once for arguments that are none. Source: `StreamExt::buffered` and
 * `buffer_unordered` of Rust's futures, where each future is a task.
 *
 * @example
 * const lengths = mapConcurrent(['warp', 'heddle', 'weft'], async (word) => (await sleep(1), word.length), {
 *   concurrency: 2,
 * });
 * for await (const length of lengths) console.log(length); // 4, 6, 4
 */
export function mapConcurrent<I, T>(
  items: Iterable<I> | AsyncIterable<I>,
  fn: TaskFn<[item: I], T>,
  options: MapConcurrentOptions,
): ConcurrentResults<T> {
  checkArguments(items, fn, options);
  const { concurrency, ordered = true, spawn = spawnHere, signal } = options;
  const site = callSite();
  const start = (item: unknown): Task<unknown> =>
    taskOf(calledFrom(site, () => spawn(fn, item as I) as JoinHandle<unknown>));
  return new ConcurrentResults<T>(new ConcurrentWork(items, start, concurrency, ordered, signal));
}

function taskOf(handle: unknown): Task<unknown> {
  if (handle instanceof TaskHandle) return TaskHandle.taskOf(handle);
  throw new TypeError('mapConcurrent: expected a spawner of heddle');
}

function checkArguments(items: unknown, fn: unknown, options: MapConcurrentOptions): void {
  if (!isIterable(items)) {
    throw new TypeError(
      `mapConcurrent: the items must be iterable or async iterable, got ${safeInspect(items, 100)}`,
    );
  }
  if (typeof fn !== 'function' && !isTaskRef(fn)) {
    throw new TypeError(
      `mapConcurrent: expected a function or a reference from tasksFrom(), got ${safeInspect(fn, 100)}`,
    );
  }
  checkOptionKeys('mapConcurrent', options, KNOWN);
  const { concurrency, ordered, spawn, signal } = options;
  checkWhole('mapConcurrent', 'concurrency', concurrency, 1);
  if (ordered !== undefined && typeof ordered !== 'boolean') {
    throw new TypeError(`mapConcurrent: ordered must be true or false, got ${safeInspect(ordered, 100)}`);
  }
  if (spawn !== undefined && typeof spawn !== 'function') {
    throw new TypeError(`mapConcurrent: spawn must be a spawner, got ${safeInspect(spawn, 100)}`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`mapConcurrent: signal must be an AbortSignal, got ${safeInspect(signal, 100)}`);
  }
}

const KNOWN: ReadonlySet<string> = new Set<keyof MapConcurrentOptions>([
  'concurrency',
  'ordered',
  'spawn',
  'signal',
]);

function isIterable(items: unknown): items is Iterable<unknown> | AsyncIterable<unknown> {
  if (items === null || items === undefined) return false;
  const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } = Object(items) as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  return typeof sync === 'function' || typeof async === 'function';
}
