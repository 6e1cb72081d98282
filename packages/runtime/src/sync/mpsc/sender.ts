import { checkCount } from '../../base/check-count.js';
import { checkMs } from '../../base/check-ms.js';
import type { Elapsed } from '../../base/elapsed.js';
import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { timeout } from '../../time/timeout.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkEnd } from '../check-end.js';
import { checkSendable } from '../check-sendable.js';
import type { Mailbox } from './mailbox.js';
import { Permit } from './permit.js';
import { Permits } from './permits.js';
import { Reserving } from './reserving.js';
import { Sending } from './sending.js';

/**
 * A sending end of an `mpsc.channel`. Source: `tokio::sync::mpsc::Sender`.
 *
 * @example
 * const [tx, rx] = mpsc.channel<string>(1);
 * await tx.send('waits while the channel is full');
 * tx.close();
 * console.log(await rx.recv(), await rx.recv()); // waits while the channel is full undefined
 */
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
    return new Sending(this.#mailbox, this, value, 'sender.send');
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

  /**
   * Sends `value`, and gives up when no slot became free within `delayMs` milliseconds of this call.
   *
   * Gives an `Err` with `Elapsed` then: nothing was sent, and `value` is the caller's to send again. As `send()`
   * for the rest. Throws a `TypeError` or `RangeError` for a delay that is none. Source: `Sender::send_timeout`.
   *
   * @example
   * const [tx] = mpsc.channel<string>(1);
   * await tx.send('first');
   * const sent = await tx.sendTimeout('second', 5);
   * console.log(sent.ok); // false
   */
  sendTimeout(value: T, delayMs: number): Op<Result<void, Elapsed>> {
    checkSendable('sender.sendTimeout', value);
    checkMs('sender.sendTimeout', 'delayMs', delayMs);
    return timeout(delayMs, new Sending(this.#mailbox, this, value, 'sender.sendTimeout'));
  }

  /**
   * Waits for a free slot and keeps it: what it gives sends one message without waiting.
   *
   * Write it where making the message costs something, or cannot be undone when there is no room for it. Who
   * waits is given slots in turn with the sends. Abort withdraws: a slot that had come goes to the next. Throws a
   * `ChannelClosed` when the receiver is closed, even while it waits, or this sender is. Source: `Sender::reserve`
   * and `reserve_owned`.
   *
   * @example
   * const [tx, rx] = mpsc.channel<string>(1);
   * const permit = await tx.reserve();
   * permit.send('made now that there is room');
   * console.log(await rx.recv());
   */
  reserve(): Op<Permit<T>> {
    const make = () => new Permit(this.#mailbox);
    return new Operation(new Reserving('sender.reserve', this.#mailbox, this, 1, make));
  }

  /**
   * Waits for `count` free slots and keeps them.
   *
   * It collects them as they come, and nobody behind it overtakes. As `reserve()` for the rest. Throws a `TypeError`
   * or `RangeError` at once unless `count` is a whole number from 0 to `maxCapacity()`: there will never be more.
   * Source: `Sender::reserve_many`.
   *
   * @example
   * const [tx, rx] = mpsc.channel<number>(4);
   * let n = 0;
   * for (const permit of await tx.reserveMany(3)) permit.send((n += 1));
   * console.log(rx.len()); // 3
   */
  reserveMany(count: number): Op<Permits<T>> {
    checkCount('sender.reserveMany', 'count', count, 0, this.#mailbox.capacity);
    const make = () => new Permits(this.#mailbox, count);
    return new Operation(new Reserving('sender.reserveMany', this.#mailbox, this, count, make));
  }

  /** Keeps a slot if there is a free one, without waiting. Source: `Sender::try_reserve`, `try_reserve_owned`. */
  tryReserve(): Result<Permit<T>, 'full' | 'closed'> {
    if (this.isClosed()) return CLOSED;
    if (this.#mailbox.freeSlots < 1) return FULL;
    this.#mailbox.hold(1);
    return Ok(new Permit(this.#mailbox));
  }

  /**
   * Keeps `count` slots if so many are free, without waiting; else none.
   *
   * Throws as `reserveMany()` does. Source: `Sender::try_reserve_many`.
   */
  tryReserveMany(count: number): Result<Permits<T>, 'full' | 'closed'> {
    checkCount('sender.tryReserveMany', 'count', count, 0, this.#mailbox.capacity);
    if (this.isClosed()) return CLOSED;
    if (this.#mailbox.freeSlots < count) return FULL;
    this.#mailbox.hold(count);
    return Ok(new Permits(this.#mailbox, count));
  }

  /** Waits until the receiver is closed. Abort withdraws. Source: `Sender::closed`. */
  closed(): Op<void> {
    return this.#mailbox.closing.wait('sender.closed()');
  }

  /** Whether nothing can be sent: the receiver is closed, or this sender is. Source: `Sender::is_closed`. */
  isClosed(): boolean {
    return this.#closed || this.#mailbox.receiverClosed;
  }

  /** How many messages can be sent now without waiting: a slot that is kept for somebody is not free. Source: `Sender::capacity`. */
  capacity(): number {
    return this.#mailbox.freeSlots;
  }

  /** How many messages the channel holds at most. Source: `Sender::max_capacity`. */
  maxCapacity(): number {
    return this.#mailbox.capacity;
  }

  /** Whether `other` sends to the same receiver. Throws a `TypeError` for no such end. Source: `Sender::same_channel`. */
  sameChannel(other: Sender<T>): boolean {
    checkEnd('sender.sameChannel', other, 'Sender', other instanceof Sender);
    return other.#mailbox === this.#mailbox;
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
