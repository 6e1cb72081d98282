import { safeInspect } from '../base/safe-inspect.js';
import type { TaskId } from '../base/task-id.js';
import { AbortHandle } from './abort-handle.js';
import { type JoinHandle, TaskHandle } from './join-handle.js';

/**
 * Aborts the task at the end of a `using` block, however that is left.
 *
 * Takes a `JoinHandle` or an `AbortHandle`, and throws a `TypeError` for anything else. Where the language has no
 * `using` (Node below 24), `guard.abort()` in a `finally` does the same. Source: `tokio_util::task::AbortOnDropHandle`,
 * `AbortOnDrop`.
 *
 * @example
 * const listener = spawn(() => sleep(60_000));
 * {
 *   using guard = abortOnDrop(listener);
 *   console.log(guard.isFinished()); // false
 * }
 * const result = await listener;
 * console.log(result.ok ? 'a value' : result.error.kind); // cancelled
 */
export function abortOnDrop<H extends JoinHandle<unknown> | AbortHandle>(handle: H): AbortOnDrop<H> {
  if (handle instanceof TaskHandle || handle instanceof AbortHandle) return new AbortOnDrop(handle);
  throw new TypeError(
    `abortOnDrop: expected a JoinHandle or an AbortHandle of heddle, got ${safeInspect(handle, 100)}`,
  );
}

/**
 * What `abortOnDrop` gives: the end of a `using` block is the end of the task.
 *
 * @example
 * const guard = abortOnDrop(spawn(() => sleep(60_000)));
 * guard.abort();
 * console.log((await guard.handle).ok); // false
 */
export class AbortOnDrop<H extends JoinHandle<unknown> | AbortHandle> {
  /** What it was made of, to be awaited: `await guard.handle`. */
  readonly handle: H;
  #armed = true;

  /** Not for programs: `abortOnDrop` makes it. */
  constructor(handle: H) {
    this.handle = handle;
  }

  /** Which task it is. */
  get id(): TaskId {
    return this.handle.id;
  }

  /** Asks the task to end now, as the handle's `abort` does. */
  abort(reason?: unknown): void {
    this.handle.abort(reason);
  }

  /** Whether the task has settled. */
  isFinished(): boolean {
    return this.handle.isFinished();
  }

  /** Lets the task go on after the block, and gives the handle back. Source: `AbortOnDropHandle::detach`. */
  detach(): H {
    this.#armed = false;
    return this.handle;
  }

  /** The same as `abort()`, unless `detach()` was called. */
  [Symbol.dispose](): void {
    if (this.#armed) this.handle.abort();
  }
}
