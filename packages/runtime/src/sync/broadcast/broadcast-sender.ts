import type { Op } from '../../task/op.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkEnd } from '../check-end.js';
import { checkSendable } from '../check-sendable.js';
import { until } from '../until.js';
import type { Backlog } from './backlog.js';
import { BroadcastReceiver } from './broadcast-receiver.js';

/**
 * A sending end of a `broadcast` channel. Source: `tokio::sync::broadcast::Sender`.
 *
 * @example
 * const [tx, first] = broadcast<string>(16);
 * const second = tx.subscribe();
 * console.log(tx.send('news')); // 2
 * console.log(await first.recv(), await second.recv()); // news news
 */
export class BroadcastSender<T> {
  readonly #backlog: Backlog<T>;
  #closed = false;

  /** Not for programs: `broadcast()` and `clone()` make it. */
  constructor(backlog: Backlog<T>) {
    this.#backlog = backlog;
  }

  /**
   * Sends `value` to every receiver, at once, and gives how many there are: it needs no `await`.
   *
   * All of them get the same value, not a copy. Where the channel is full the oldest message is written over, and
   * who has not read it is told by a `Lagged`. Throws a `ChannelClosed` that carries `value` when there is no
   * receiver, which a `subscribe()` can change, or this sender is closed; a `TypeError` for `undefined` and for a
   * thenable. A value that was sent may still never be received. Source: `Sender::send`.
   */
  send(value: T): number {
    checkSendable('sender.send', value);
    const backlog = this.#backlog;
    if (this.#closed || backlog.receivers === 0) throw new ChannelClosed('sender.send', value);
    backlog.put(value);
    return backlog.receivers;
  }

  /**
   * Makes a receiver, which gets what is sent from now on.
   *
   * Throws a `ChannelClosed` when this sender was closed. Source: `Sender::subscribe`.
   */
  subscribe(): BroadcastReceiver<T> {
    if (this.#closed) throw new ChannelClosed('sender.subscribe', undefined);
    return new BroadcastReceiver(this.#backlog);
  }

  /** Waits until there is no receiver. Abort withdraws. Source: `Sender::closed`. */
  closed(): Op<void> {
    const backlog = this.#backlog;
    return until('sender.closed()', () => backlog.receivers === 0, backlog.onlooking);
  }

  /** How many receivers there are. Source: `Sender::receiver_count`. */
  receiverCount(): number {
    return this.#backlog.receivers;
  }

  /** How many messages the slowest receiver has yet to read, of those that are still here. Source: `Sender::len`. */
  len(): number {
    return this.#backlog.size;
  }

  /** Whether every receiver has read every message. Source: `Sender::is_empty`. */
  isEmpty(): boolean {
    return this.#backlog.size === 0;
  }

  /** Whether `other` sends to the same receivers. Throws a `TypeError` for no such end. Source: `Sender::same_channel`. */
  sameChannel(other: BroadcastSender<T>): boolean {
    checkEnd('sender.sameChannel', other, 'BroadcastSender', other instanceof BroadcastSender);
    return other.#backlog === this.#backlog;
  }

  /**
   * Makes another sender for the same channel, to be closed on its own.
   *
   * Throws a `ChannelClosed` when this sender was closed: the channel may have ended.
   */
  clone(): BroadcastSender<T> {
    if (this.#closed) throw new ChannelClosed('sender.clone', undefined);
    this.#backlog.addSender();
    return new BroadcastSender(this.#backlog);
  }

  /** Says that this sender is done. When every one is, receivers get what was sent and then the end. Again, it does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#backlog.removeSender();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
