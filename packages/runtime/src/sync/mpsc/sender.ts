import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkSendable } from '../check-sendable.js';
import type { Mailbox } from './mailbox.js';
import { Sending } from './sending.js';

/** A sending end of an `mpsc.channel`. Source: `tokio::sync::mpsc::Sender`. */
export class Sender<T> {
  readonly #mailbox: Mailbox<T>;
  #closed = false;

  /** Not for programs: `mpsc.channel()` and `clone()` make it. */
  constructor(mailbox: Mailbox<T>) {
    this.#mailbox = mailbox;
  }

  /**
   * Sends `value`, and waits for a free slot where there is none: those who wait are given slots in turn.
   *
   * Aborted, or the loser of a `select`, it has not sent. Throws a `ChannelClosed` that carries `value` when
   * the receiver is closed, even while it waits, or this sender is; at once a `TypeError` for `undefined` and
   * for a thenable. A value that was sent may still never be received. Source: `Sender::send`.
   */
  send(value: T): Op<void> {
    checkSendable('sender.send', value);
    return new Operation(new Sending(this.#mailbox, this, value));
  }

  /**
   * Sends `value` if there is a free slot, without waiting.
   *
   * A slot that is set aside for a sender who waited is not free. Throws a `TypeError` for `undefined` and for
   * a thenable. Source: `Sender::try_send`.
   */
  trySend(value: T): Result<void, 'full' | 'closed'> {
    checkSendable('sender.trySend', value);
    if (this.isClosed()) return CLOSED;
    if (this.#mailbox.freeSlots <= 0) return FULL;
    this.#mailbox.put(value);
    return SENT;
  }

  /** Waits until the receiver is closed. Abort withdraws. Source: `Sender::closed`. */
  closed(): Op<void> {
    return this.#mailbox.closing.wait('sender.closed()');
  }

  /** Whether nothing can be sent: the receiver is closed, or this sender is. Source: `Sender::is_closed`. */
  isClosed(): boolean {
    return this.#closed || this.#mailbox.receiverClosed;
  }

  /** How many messages can be sent now without waiting. Source: `Sender::capacity`. */
  capacity(): number {
    return this.#mailbox.freeSlots;
  }

  /** How many messages the channel holds at most. Source: `Sender::max_capacity`. */
  maxCapacity(): number {
    return this.#mailbox.capacity;
  }

  /**
   * Makes another sender for the same channel, to be closed on its own.
   *
   * Throws a `ChannelClosed` when this sender was closed: the channel may have ended.
   */
  clone(): Sender<T> {
    if (this.#closed) throw new ChannelClosed('sender.clone', undefined);
    this.#mailbox.addSender();
    return new Sender(this.#mailbox);
  }

  /**
   * Says that this sender is done. When every one is, the receiver gets what was sent and then the end.
   *
   * A `send` that already waits goes through; a later one throws. Again, it does nothing.
   */
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

const SENT = Ok(undefined);
const FULL = Err('full' as const);
const CLOSED = Err('closed' as const);
