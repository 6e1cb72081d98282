/**
 * What a suspended generator hands to whoever drives it: the sign that it waits for something of ours.
 *
 * There are exactly two steps that carry it. A generator that yields anything else did not use `yield*`.
 */
export interface Suspension {
  readonly kind: 'suspension';
}

/** The step that every waiting operation yields. Compared by identity, so nothing can pose as it. */
export const SUSPENDED: IteratorYieldResult<Suspension> = Object.freeze({
  done: false,
  value: Object.freeze({ kind: 'suspension' }),
});

/** The step of an operation that gives up the thread and nothing else: whoever drives it goes on as soon as it may. */
export const YIELDED: IteratorYieldResult<Suspension> = Object.freeze({
  done: false,
  value: Object.freeze({ kind: 'suspension' }),
});

/**
 * What the executor sends into a generator when it resumes it.
 *
 * `yield*` starts an iterator with `next(undefined)`, so an iterator tells its first step from a resumption
 * by this value alone and needs no state of its own. A stray `next()` — a spread, a destructuring — sends
 * `undefined` twice and is recognised by the same token.
 */
export const RESUME: { readonly kind: 'resume' } = Object.freeze({ kind: 'resume' });

/** The step of an operation that ended without a value. Shared, since nobody can change it. */
export const DONE: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });
