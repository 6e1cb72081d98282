/**
 * What an operation lends to whoever waited for it, and others wait to have back: a lock, a permit, a connection.
 *
 * Rust drops a value that a combinator kept and cannot give any more. Here such a value has to be given back by
 * hand, or the lock is held for ever. Only what is lent is: each was made for one receiver.
 *
 * Rejected: disposing of whatever has a `Symbol.dispose`. What a `OnceCell`, a `watch` or a `broadcast` gives is
 * shared with others, who would find it closed in their hands, and nothing tells such a value from one of its own.
 */

interface Lent {
  [Symbol.dispose](): void;
}

const kinds = new WeakSet<object>();

/** Says that an instance of this class is lent. */
export function lend(kind: { readonly prototype: Lent }): void {
  kinds.add(kind);
}

/** Gives back what is lent, also within what a combinator made of several values. */
export function giveBack(value: unknown, seen: Set<object> = new Set()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value)) for (const each of value) giveBack(each, seen);
  else if (kinds.has(value.constructor)) (value as Lent)[Symbol.dispose]();
  else if (isWrapped(value)) giveBack(value.value, seen);
}

// A `Result` that is ok, or what a `select` gives.
function isWrapped(value: object): value is { readonly value: unknown } {
  return 'value' in value && ('ok' in value || 'key' in value);
}
