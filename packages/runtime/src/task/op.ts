import type { Suspension } from '../base/suspension.js';

/**
 * A waiting operation: `sleep(10)`, `receiver.recv()`, `join(a, b)`.
 *
 * It works with `await` in an async function, in a task or not, and with `yield*` in a generator task. It is
 * inert until its first use, belongs to the task that uses it, and is used once: a second use throws.
 * Leaving it — the task is aborted, the branch lost — withdraws it, and loses nothing for the others.
 */
export interface Op<T> extends PromiseLike<T> {
  /** For `yield*` in a generator task. Throws anywhere else. */
  [Symbol.iterator](): Iterator<Suspension, T, unknown>;
}
