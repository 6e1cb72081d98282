import { types } from 'node:util';

/**
 * Which values are to be transferred with the next job instead of cloned.
 *
 * A mark is kept beside the value, not around it: a wrapper would change the value's type and would have to
 * be taken off by every spawner that does not cross a thread. A mark is used up by the job that carries it.
 */
const marked = new WeakSet<object>();

/**
 * Marks `value` to be transferred, not cloned, when it next crosses to another thread.
 *
 * Everything in it that can be transferred is: an `ArrayBuffer`, the memory under a typed array, a
 * `MessagePort`, a stream, a `FileHandle`. The sender can no longer use those; the rest is cloned. On a
 * cooperative spawner nothing crosses, and the value arrives as it is. Returns `value` itself.
 *
 * @example
 * thread.spawn(primes.sieve, move(new Uint8Array(1_000_000)));
 */
export function move<T>(value: T): T {
  if (isMarkable(value)) marked.add(value);
  return value;
}

/** Forgets the marks of a job's arguments, for a spawner whose tasks stay on this thread. */
export function unmove(args: readonly unknown[]): void {
  for (const arg of args) takeMark(arg);
}

/** Whether `value` was marked; the mark is gone afterwards. */
export function takeMark(value: unknown): boolean {
  return isMarkable(value) && marked.delete(value);
}

function isMarkable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value);
}
