import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Pollable } from '../task/pollable.js';
import { startThread } from '../thread/start-thread.js';
import { checkedThreadOptions, type ThreadOptions } from '../thread/thread-options.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';
import { ThreadScopeWait } from './thread-scope-wait.js';

/**
 * Where the threads of a `thread.scope` are spawned.
 *
 * @example
 * const values = await thread.scope(async (s) => {
 *   const handle = s.spawn((n) => n * 2, 21);
 *   return [(await handle).unwrap()];
 * });
 * console.log(values); // [ 42 ]
 */
export class ThreadScope {
  readonly #wait: ThreadScopeWait<ThreadScope>;

  /** Not for programs: `thread.scope` makes it. */
  constructor(wait: ThreadScopeWait<ThreadScope>) {
    this.#wait = wait;
  }

  /** Starts a thread, as `thread.spawn` does. Throws an `Error` once the scope has ended. Source: `Scope::spawn`. */
  readonly spawn: ThreadSpawn = (fn, ...args) => this.#wait.spawn(() => startThread({}, fn, args));

  /** As `thread.builder`, for threads of this scope. Source: `Builder::spawn_scoped`. */
  builder(options: ThreadOptions): { readonly spawn: ThreadSpawn } {
    const kept = checkedThreadOptions(options);
    return { spawn: (fn, ...args) => this.#wait.spawn(() => startThread(kept, fn, args)) };
  }
}

/** See `thread.scope`. */
export function threadScope<T>(
  body: (scope: ThreadScope) => T | PromiseLike<T> | Generator<Suspension, T, unknown>,
): Op<Awaited<T>> {
  if (typeof body !== 'function')
    throw new TypeError(`thread.scope: expected a function, got ${safeInspect(body, 100)}`);
  return new Operation(new ThreadScopeWait(body, (wait) => new ThreadScope(wait)) as Pollable<never>);
}
