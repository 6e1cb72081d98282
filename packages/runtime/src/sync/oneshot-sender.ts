import type { Op } from '../task/op.js';
import { ChannelClosed } from './channel-closed.js';
import { refuseThenable } from './check-sendable.js';
import type { OneshotCell } from './oneshot-cell.js';

/**
 * The sending end of a `oneshot`. Source: `tokio::sync::oneshot::Sender`.
 *
 * @example
 * const [tx, rx] = oneshot<string>();
 * rx.close();
 * console.log(tx.isClosed()); // true
 */
export class OneshotSender<T> {
  readonly #cell: OneshotCell<T>;
  #used = false;

  /** Not for programs: `oneshot()` makes it. */
  constructor(cell: OneshotCell<T>) {
    this.#cell = cell;
  }

  /**
   * Sends the value, at once and without waiting.
   *
   * Throws a `ChannelClosed` that carries `value` when the receiver or this end is closed; a `TypeError` for a
   * thenable, and when a value was sent before. A value that was sent may still never be received.
   */
  send(value: T): void {
    refuseThenable('oneshot sender.send', value);
    if (this.#used) {
      throw new TypeError(
        'oneshot sender.send: a value was sent before, and a oneshot carries one. Use mpsc.channel().',
      );
    }
    if (this.#cell.isClosed) throw new ChannelClosed('oneshot sender.send', value);
    this.#used = true;
    this.#cell.put(value);
  }

  /** Waits until the receiver is closed or has taken the value, or this end is closed. Abort withdraws. Source: `Sender::closed`. */
  closed(): Op<void> {
    return this.#cell.closing.wait('sender.closed()');
  }

  /** Whether the receiver is closed, or this end is. Source: `Sender::is_closed`. */
  isClosed(): boolean {
    return this.#cell.isClosed;
  }

  /** Gives up: the receiver, if no value was sent, gets a `ChannelClosed`. Again, it does nothing. */
  close(): void {
    this.#cell.closeSender();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
