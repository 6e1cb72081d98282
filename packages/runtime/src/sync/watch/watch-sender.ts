import { safeInspect } from '../../base/safe-inspect.js';
import type { Op } from '../../task/op.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkEnd } from '../check-end.js';
import { refuseThenable } from '../check-sendable.js';
import { until } from '../until.js';
import { WatchReceiver } from './watch-receiver.js';
import type { Watched } from './watched.js';

/**
 * A sending end of a `watch` channel. Source: `tokio::sync::watch::Sender`.
 *
 * @example
 * const [tx, rx] = watch(1);
 * tx.sendModify((n) => n + 1);
 * console.log(tx.borrow(), rx.hasChanged()); // 2 true
 */
export class WatchSender<T> {
  readonly #watched: Watched<T>;
  #closed = false;

  /** Not for programs: `watch()` and `clone()` make it. */
  constructor(watched: Watched<T>) {
    this.#watched = watched;
  }

  /**
   * Replaces the value, at once, and tells every receiver: it needs no `await`.
   *
   * Throws a `ChannelClosed` that carries `value`, and leaves the old one, when there is no receiver, which a
   * `subscribe()` can change, or this sender is closed; a `TypeError` for a thenable. Source: `Sender::send`.
   */
  send(value: T): void {
    refuseThenable('sender.send', value);
    if (this.isClosed()) throw new ChannelClosed('sender.send', value);
    this.#watched.replace(value);
  }

  /**
   * Replaces the value, receivers or not, and gives the one before.
   *
   * Throws a `ChannelClosed` that carries `value` when this sender is closed, and a `TypeError` for a thenable.
   * Source: `Sender::send_replace`.
   */
  sendReplace(value: T): T {
    refuseThenable('sender.sendReplace', value);
    if (this.#closed) throw new ChannelClosed('sender.sendReplace', value);
    const { value: before } = this.#watched;
    this.#watched.replace(value);
    return before;
  }

  /**
   * Replaces the value by what `modify` makes of it, receivers or not, and tells every receiver.
   *
   * It may change an object in place, and then gives that. What it throws is thrown on, and nobody is told. Throws a
   * `ChannelClosed` when this sender is closed, a `TypeError` when `modify` is no function, and for a thenable.
   * Source: `Sender::send_modify`.
   *
   * @example
   * const [tx, rx] = watch({ served: 0 });
   * tx.sendModify(({ served }) => ({ served: served + 1 }));
   * console.log(rx.borrow()); // { served: 1 }
   */
  sendModify(modify: (value: T) => T): void {
    this.#watched.replace(this.#make('sender.sendModify', modify));
  }

  /**
   * The same, but tells nobody where `modify` gives the value that it got. Gives whether it was another one.
   *
   * Values are compared by `Object.is`: an object that was changed in place is the same one. Source:
   * `Sender::send_if_modified`, whose function says by a boolean what this one says by its value.
   */
  sendIfModified(modify: (value: T) => T): boolean {
    const before = this.#watched.value;
    const value = this.#make('sender.sendIfModified', modify);
    if (Object.is(before, value)) return false;
    this.#watched.replace(value);
    return true;
  }

  /** Gives the latest value. Source: `Sender::borrow`. */
  borrow(): T {
    return this.#watched.value;
  }

  /**
   * Makes a receiver, by which the value that is there counts as seen.
   *
   * Throws a `ChannelClosed` when this sender was closed. Source: `Sender::subscribe`.
   */
  subscribe(): WatchReceiver<T> {
    if (this.#closed) throw new ChannelClosed('sender.subscribe', undefined);
    return new WatchReceiver(this.#watched, this.#watched.version);
  }

  /** Waits until there is no receiver. Abort withdraws. Source: `Sender::closed`. */
  closed(): Op<void> {
    const watched = this.#watched;
    return until('sender.closed()', () => watched.receivers === 0, watched.onlooking);
  }

  /** Whether a `send()` would throw: there is no receiver, or this sender is closed. Source: `Sender::is_closed`. */
  isClosed(): boolean {
    return this.#closed || this.#watched.receivers === 0;
  }

  /** How many receivers there are. Source: `Sender::receiver_count`. */
  receiverCount(): number {
    return this.#watched.receivers;
  }

  /** How many senders there are. Source: `Sender::sender_count`. */
  senderCount(): number {
    return this.#watched.senders;
  }

  /** Whether `other` sends to the same receivers. Throws a `TypeError` for no such end. Source: `Sender::same_channel`. */
  sameChannel(other: WatchSender<T>): boolean {
    checkEnd('sender.sameChannel', other, 'WatchSender', other instanceof WatchSender);
    return other.#watched === this.#watched;
  }

  /**
   * Makes another sender for the same channel, to be closed on its own.
   *
   * Throws a `ChannelClosed` when this sender was closed: the channel may have ended.
   */
  clone(): WatchSender<T> {
    if (this.#closed) throw new ChannelClosed('sender.clone', undefined);
    this.#watched.senders += 1;
    return new WatchSender(this.#watched);
  }

  /** Says that this sender is done. When every one is, receivers see the last value and then the end. Again, it does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watched.removeSender();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #make(caller: string, modify: (value: T) => T): T {
    if (typeof modify !== 'function') {
      throw new TypeError(`${caller}: expected a function, got ${safeInspect(modify, 100)}`);
    }
    if (this.#closed) throw new ChannelClosed(caller, undefined);
    const value = modify(this.#watched.value);
    refuseThenable(caller, value);
    return value;
  }
}
