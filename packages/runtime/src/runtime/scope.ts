import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import type { JoinHandle } from '../task/join-handle.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Pollable } from '../task/pollable.js';
import type { TaskFn } from '../wire/task-fn.js';
import { beginBody } from './scope-body.js';
import { ScopeWait } from './scope-wait.js';
import { spawn } from './spawn.js';
import type { Spawn } from './spawner.js';

/**
 * Where a `scope`'s children are spawned.
 *
 * @example
 * const sum = await scope(async (s) => {
 *   const one = s.spawn(async () => 1);
 *   const two = s.spawn(async () => 2);
 *   return (await one).unwrap() + (await two).unwrap();
 * });
 * console.log(sum); // 3
 */
export class Scope {
  readonly #add: (handle: JoinHandle<unknown>) => void;

  /** Not for programs: `scope` makes it. */
  constructor(add: (handle: JoinHandle<unknown>) => void) {
    this.#add = add;
  }

  /** Spawns a child, as `spawn` does. Throws an `Error` once the scope has ended. */
  spawn<A extends unknown[], T>(fn: TaskFn<A, T>, ...args: A): JoinHandle<T> {
    return this.spawnOn(spawn, fn, ...args);
  }

  /** Spawns a child with any spawner: `s.spawnOn(thread.spawn, primes.count, 1000)`. */
  spawnOn<A extends unknown[], T>(spawner: Spawn, fn: TaskFn<A, T>, ...args: A): JoinHandle<T> {
    const handle = spawner(fn, ...args);
    this.#add(handle);
    return handle;
  }
}

/**
 * Runs `body` with children that cannot outlive it.
 *
 * When the body returns, the scope waits for its children and gives the body's value. When the body throws or a
 * child panics or crashes, all others are aborted, all are awaited, and the first cause is thrown: what the body
 * or the child threw, or the crash's `JoinError`. A child that was aborted by its handle is no failure. An abort of the
 * scope aborts the body and the children, and ends when none is alive; nothing in it is abandoned.
 *
 * A generator body runs as part of the current task; any other runs as a task of its own. `thread.scope` is std's own,
 * where a failure ends nobody else.
 * Source: `std::thread::scope`; trio's nurseries for what a failure does.
 *
 * @example
 * const total = await scope(function* (s) {
 *   const left = s.spawn(async () => 1);
 *   const right = s.spawn(async () => 2);
 *   return (yield* left.unwrap()) + (yield* right.unwrap());
 * });
 * console.log(total); // 3
 */
export function scope<T>(
  body: (scope: Scope) => T | PromiseLike<T> | Generator<Suspension, T, unknown>,
): Op<Awaited<T>> {
  if (typeof body !== 'function')
    throw new TypeError(`scope: expected a function, got ${safeInspect(body, 100)}`);
  return new Operation(new ScopeWait((add) => beginBody(body, new Scope(add))) as Pollable<never>);
}
