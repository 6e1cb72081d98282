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
 * Rejected: `serialize-error` 13.1.0. Put in here, it fails 48 of the 67 tests of this codec, even where it is kept
 * from what is no error, told not to call `toJSON`, and stopped at 16 levels:
 * - *accessors are not called*: getters are, and a throw in one is thrown on; *proxies are not walked*: they are
 *   asked, and a revoked one throws;
 * - *with a cause that leads back to it*: a cycle is the text "[Circular]", and a shared part becomes two;
 * - *as a DOMException that is one*: an `Error`; *of a class of its own as the nearest class*: one that names itself
 *   loses its built-in base, so a `RangeError` too, and a registered class wants a constructor that runs without arguments;
 * - *with its own properties, of any cloneable kind*: a `Map`, a `Set` and a `RegExp` become `{}`; a symbol
 *   stays, and `postMessage` throws;
 * - *names that would change what the restored object is*: `then`, `constructor` and `toString` arrive; properties are
 *   assigned, so setters run;
 * - *text*, *properties and items*, *a chain of causes*: no limit but depth, which it needs, since it recurses (20,000
 *   causes overflow the stack); a typed array of a million numbers takes it two seconds;
 * - *says name and message where there is none*: a stack that is no text arrives as it is.
 *
 * As an inner codec, for the errors only, it would have to be given what these tests are about: somebody else
 * must walk first, and that is the codec. Rejected besides: `v8.serialize`, which treats errors as `postMessage` does.
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
