import { types } from 'node:util';

/**
 * Which values are to be transferred with the next job instead of cloned.
 *
 * A mark is kept beside the value, not around it: a wrapper would change the value's type and would have to
 * be taken off by every spawner that does not cross a thread. A mark is used up by the job that carries it.
 */
const marked = new WeakSet<object>();
/** At least how many are marked: one that is garbage by now may still be counted. */
let markCount = 0;

/**
 * Marks `value` to be transferred, not cloned, when it next crosses to another thread.
 *
 * Everything in it that can be transferred is: an `ArrayBuffer`, the memory under a typed array, a
 * `MessagePort`, a stream, a `FileHandle`. The sender can no longer use those; the rest is cloned. On a
 * cooperative spawner nothing crosses, and the value arrives as it is. Returns `value` itself.
 *
 * @example
 * const handle = thread.spawn((bytes) => bytes.length, move(new Uint8Array(1_000_000)));
 * console.log((await handle).unwrap()); // 1000000
 */
export function move<T>(value: T): T {
  if (isMarkable(value) && !marked.has(value)) {
    marked.add(value);
    markCount++;
  }
  return value;
}

/**
 * Forgets the marks in a job's arguments, for a spawner whose tasks stay on this thread.
 *
 * Costs nothing where nothing is marked. Only plain objects and arrays are gone through.
 */
export function unmove(args: readonly unknown[]): void {
  if (markCount === 0) return;
  const seen = new Set<unknown>([args]);
  for (const value of seen) {
    takeMark(value);
    if (isPlain(value)) for (const part of dataIn(value)) if (isMarkable(part)) seen.add(part);
  }
}

/** Whether anything may be marked. */
export function anyMarked(): boolean {
  return markCount > 0;
}

/** Whether `value` was marked; the mark is gone afterwards. */
export function takeMark(value: unknown): boolean {
  if (markCount === 0 || !isMarkable(value) || !marked.delete(value)) return false;
  markCount--;
  return true;
}

function isMarkable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value);
}

function isPlain(value: unknown): value is object {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

function dataIn(value: object): unknown[] {
  return Object.keys(value).map((key) => Object.getOwnPropertyDescriptor(value, key)?.value as unknown);
}
