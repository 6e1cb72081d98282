/**
 * A deadline passed before the value came. Source: `tokio::time::error::Elapsed`.
 *
 * @example
 * const result = await timeout(5, sleep(60_000));
 * console.log(!result.ok && result.error instanceof Elapsed); // true
 */
export class Elapsed extends Error {
  override readonly name = 'Elapsed';
  readonly code = 'ERR_ELAPSED';
  /** The deadline that was given, in milliseconds. */
  readonly delayMs: number;

  constructor(delayMs: number) {
    // It is a value, not a fault: a stack would cost more than the rest of the timeout.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super('deadline has elapsed');
    Error.stackTraceLimit = limit;
    this.delayMs = delayMs;
  }
}
