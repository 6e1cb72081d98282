/**
 * Throws a panic's payload on without its being reported a second time.
 *
 * A payload is thrown as it is, so that whoever catches it sees the very value; what must not be reported
 * again is remembered beside it. Each mark is good for one report: an error that many tasks throw, a cached
 * rejection say, is reported for every task that did not get it from here.
 *
 * Rejected: throwing a wrapper that the task's boundary opens (a `catch` in between would meet it), and
 * remembering every payload that was ever reported (a shared error would be reported for one task only).
 */

/**
 * Throws `payload`, as the panic of whoever calls it, and keeps the panic hook from reporting it again.
 *
 * Source: `std::panic::resume_unwind`. The trap is the same as there: a payload that never was reported, and
 * is thrown by this, is not reported at all.
 *
 * @example
 * const parsed = spawn(async () => {
 *   const result = await spawn(() => JSON.parse('{'));
 *   if (!result.ok && result.error.isPanic()) resumeUnwind(result.error.intoPanic());
 * });
 * console.log((await parsed).ok); // false: it ended as the inner task did, which was reported once
 */
export function resumeUnwind(payload: unknown): never {
  markReported(payload);
  throw payload;
}

/** Keeps the next panic with this payload from being reported. */
export function markReported(payload: unknown): void {
  if (isKey(payload)) {
    add(objects, payload);
    return;
  }
  if (primitives.size === 0) setImmediate(forgetPrimitives).unref();
  add(primitives, payload);
}

/** Whether a panic with this payload needs no report. Answers `true` once for each mark. */
export function wasReported(payload: unknown): boolean {
  return isKey(payload) ? take(objects, payload) : take(primitives, payload);
}

const objects = new WeakMap<object, number>();

// One 'boom' is like any other. A mark that a `catch` made moot must not silence somebody else's panic, so
// these last one turn of the event loop: a cleanup that waits longer has its panic reported twice instead.
const primitives = new Map<unknown, number>();

function forgetPrimitives(): void {
  primitives.clear();
}

/** Marks are counted: two tasks may resume one payload before either has ended. */
interface Marks<K> {
  get(payload: K): number | undefined;
  set(payload: K, count: number): unknown;
  delete(payload: K): boolean;
}

function add<K>(marks: Marks<K>, payload: K): void {
  marks.set(payload, (marks.get(payload) ?? 0) + 1);
}

function take<K>(marks: Marks<K>, payload: K): boolean {
  const count = marks.get(payload);
  if (count === undefined) return false;
  if (count === 1) marks.delete(payload);
  else marks.set(payload, count - 1);
  return true;
}

function isKey(payload: unknown): payload is object {
  return (typeof payload === 'object' && payload !== null) || typeof payload === 'function';
}
