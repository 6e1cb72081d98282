import type { Op } from '../../task/op.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkEnd } from '../check-end.js';
import { checkSendable } from '../check-sendable.js';
import type { Mailbox } from './mailbox.js';

/**
 * A sending end of an `mpsc.unboundedChannel`. Source: `tokio::sync::mpsc::UnboundedSender`.
 *
 * @example
 * const [tx, rx] = mpsc.unboundedChannel<string>();
 * tx.send('never waits');
 * console.log(await rx.recv()); // never waits
 */
export class UnboundedSender<T> {
  readonly #mailbox: Mailbox<T>;
  #closed = false;

  /** Not for programs: `mpsc.unboundedChannel()` and `clone()` make it. */
  constructor(mailbox: Mailbox<T>) {
    this.#mailbox = mailbox;
  }

  /**
   * Sends `value`, at once and without waiting: it needs no `await`.
   *
   * Throws a `ChannelClosed` that carries `value` when the receiver or this sender is closed, and a `TypeError`
   * for `undefined` and for a thenable. A value that was sent may still never be received. Source:
   * `UnboundedSender::send`.
   */
  send(value: T): void {
    checkSendable('sender.send', value);
    if (this.isClosed()) throw new ChannelClosed('sender.send', value);
    this.#mailbox.put(value);
  }

  /** Waits until the receiver is closed. Abort withdraws. Source: `UnboundedSender::closed`. */
  closed(): Op<void> {
    return this.#mailbox.closing.wait('sender.closed()');
  }

  /** Whether nothing can be sent: the receiver is closed, or this sender is. Source: `is_closed`. */
  isClosed(): boolean {
    return this.#closed || this.#mailbox.receiverClosed;
  }

  /** Whether `other` sends to the same receiver. Throws a `TypeError` for no such end. Source: `UnboundedSender::same_channel`. */
  sameChannel(other: UnboundedSender<T>): boolean {
    checkEnd('sender.sameChannel', other, 'UnboundedSender', other instanceof UnboundedSender);
    return other.#mailbox === this.#mailbox;
  }

  /**
   * Makes another sender for the same channel, to be closed on its own.
   *
   * Throws a `ChannelClosed` when this sender was closed: the channel may have ended.
   */
  clone(): UnboundedSender<T> {
    if (this.#closed) throw new ChannelClosed('sender.clone', undefined);
    this.#mailbox.addSender();
    return new UnboundedSender(this.#mailbox);
  }

  /** Says that this sender is done. When every one is, the receiver gets what was sent and then the end. Again, it does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#mailbox.removeSender();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
