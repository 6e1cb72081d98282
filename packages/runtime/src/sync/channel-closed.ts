/**
 * Is thrown by a channel whose other end has gone.
 *
 * From `send` it carries the value that was not sent. From a oneshot's `recv` it says that none will come, and
 * `value` is `undefined`. Source: `SendError` and `RecvError` of `tokio::sync`.
 *
 * @example
 * const [tx, rx] = oneshot<string>();
 * rx.close();
 * try {
 *   tx.send('too late');
 * } catch (error) {
 *   if (error instanceof ChannelClosed) console.log(error.value);
 * }
 */
export class ChannelClosed<T = unknown> extends Error {
  override readonly name = 'ChannelClosed';
  readonly code = 'ERR_CHANNEL_CLOSED';
  /** What could not be sent. */
  readonly value: T;

  /** Not for programs: a channel makes it. */
  constructor(caller: string, value: T) {
    super(`${caller}: the channel is closed`);
    this.value = value;
  }
}
