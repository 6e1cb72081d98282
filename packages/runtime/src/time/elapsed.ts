/** A deadline passed before the value came. Source: `tokio::time::error::Elapsed`. */
export class Elapsed extends Error {
  override readonly name = 'Elapsed';
  readonly code = 'ERR_ELAPSED';
  /** The deadline that was given, in milliseconds. */
  readonly delayMs: number;

  constructor(delayMs: number) {
    super('deadline has elapsed');
    this.delayMs = delayMs;
  }
}
