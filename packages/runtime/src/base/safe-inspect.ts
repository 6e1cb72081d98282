import { inspect, types } from 'node:util';

/**
 * The text of any value, for a message or a report: `util.inspect`, bounded, and never throwing.
 *
 * No accessor's value is shown, no `[util.inspect.custom]` method is called and no proxy is walked: it is
 * given as `[Proxy]`. `maxChars` bounds the text in UTF-16 units.
 */
export function safeInspect(value: unknown, maxChars = 1_000): string {
  const text = inspected(value, maxChars);
  if (text.length <= maxChars) return text;
  return `${text.slice(0, maxChars)}… ${text.length - maxChars} more characters`;
}

function inspected(value: unknown, maxChars: number): string {
  if (types.isProxy(value)) return '[Proxy]';
  if (typeof value === 'function') return functionText(value);
  try {
    return inspect(value, {
      depth: 4,
      customInspect: false,
      showProxy: true,
      maxArrayLength: 64,
      maxStringLength: maxChars,
      breakLength: Number.POSITIVE_INFINITY,
    });
  } catch {
    // `inspect` reads `Symbol.toStringTag`, and an error's name and stack, as a program would.
    return '[a value that cannot be inspected]';
  }
}

/** `inspect` reads a function's `name` and a class's source, either of which may be an accessor that throws. */
function functionText(fn: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' && name !== '' ? `[Function: ${name}]` : '[Function (anonymous)]';
}
