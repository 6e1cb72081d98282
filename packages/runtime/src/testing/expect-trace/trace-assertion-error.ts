/**
 * What an assertion about a recording fails with: it says what was expected, what was seen, and draws the lanes.
 *
 * @example
 * const run = record().stop();
 * try {
 *   expectTrace(run).task('nobody').settledWith('value');
 * } catch (failed) {
 *   console.log(failed instanceof TraceAssertionError && failed.kind); // failed
 * }
 */
export class TraceAssertionError extends Error {
  override readonly name = 'TraceAssertionError';
  /**
   * `'failed'`: what was seen is not what was expected. `'unseen'`: the recording does not say, since events were lost
   * or the kernel was not watched closely enough.
   */
  readonly kind: 'failed' | 'unseen';
  /** What the recording looks like, as far as it has to do with the assertion. */
  readonly lanes: string;

  constructor(kind: 'failed' | 'unseen', text: string, lanes: string) {
    super(`${text}\n\n${lanes}`);
    this.kind = kind;
    this.lanes = lanes;
  }
}
