import { safeInspect } from '../base/safe-inspect.js';
import { decodeGraph } from './decode-error.js';
import { encodeGraph } from './encode-error.js';
import type { WireThrown } from './error-message.js';
import { isPlainData } from './plain-data.js';

/**
 * How what a task threw on one thread arrives on another as the same thing, as far as there is such a thing.
 *
 * `postMessage` will not do: it makes an `Error` of every class, drops `code`, empties
 * `AggregateError.errors`, makes a plain object of a `DOMException`, calls getters, and throws for a function.
 * Name, message, stack, the chain of causes, own properties, built-in and registered classes survive here.
 *
 * Whatever was thrown is only looked at, never asked: its accessors are not called (they cross as
 * `[Getter]`), proxies are not walked, and nothing recurses. What cannot be cloned becomes its `inspect` text.
 * What does not fit (see `LIMITS`) is cut, and a note in its place says so. Neither direction ever throws.
 *
 * The one code of a payload that runs is a class's own: a `name` or `message` that it computes in a getter
 * on its prototype, as DOMException and some validation libraries do, and `Error.prepareStackTrace`. Without
 * the first, such an error would arrive with no text at all.
 *
 * Rejected: `serialize-error` 13. It recurses (20,000 causes overflow the stack), calls getters and `toJSON`
 * and lets their throws through, asks proxies, writes cycles as the string "[Circular]", makes an `Error` of
 * a `DOMException`, and wraps a thrown string. v8.serialize: it treats errors as `postMessage` does.
 */

/** Makes plain data of anything that can be thrown; `postMessage` takes it without a transfer list. */
export function encodeThrown(thrown: unknown): WireThrown {
  try {
    // A thrown value that is not an error is whatever the program made it: it crosses whole, without limits.
    return isPlainData(thrown) ? { kind: 'plain', value: thrown } : encodeGraph(thrown);
  } catch {
    // A few exotic objects throw when they are looked at: the namespace of a module that is still loading.
    return { kind: 'plain', value: safeInspect(thrown) };
  }
}

/** Restores what was thrown from what `encodeThrown` made; from anything else it makes an error that says so. */
export function decodeThrown(data: unknown): unknown {
  try {
    if (typeof data === 'object' && data !== null) {
      const { kind, value } = data as { readonly kind?: unknown; readonly value?: unknown };
      if (kind === 'plain') return value;
      if (kind === 'graph') return decodeGraph(data);
    }
  } catch {
    // Only data that is not plain can get here, and it is told like any other that cannot be read.
  }
  return new Error(`a thread reported a panic that cannot be read: ${safeInspect(data, 200)}`);
}
