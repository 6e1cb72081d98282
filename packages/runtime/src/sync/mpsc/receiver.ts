import { checkCount } from '../../base/check-count.js';
import { Err, Ok, type Result } from '../../base/result.js';
import { safeInspect } from '../../base/safe-inspect.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { iterate } from '../iterate.js';
import type { Mailbox } from './mailbox.js';
import { Receiving } from './receiving.js';
import { ReceivingMany } from './receiving-many.js';

/**
 * The receiving end of an `mpsc.channel` or `mpsc.unboundedChannel`. Source: `tokio::sync::mpsc::Receiver`,
 * `UnboundedReceiver`.
 *
 * In an async function it can be walked: `for await (const message of rx)` ends when the channel does. Leaving
 * the loop early closes nothing; the rest can be received later.
 *
 * @example
 * const [tx, rx] = mpsc.channel<number>(4);
 * spawn(async () => {
 *   for (let n = 1; n <= 3; n++) await tx.send(n);
 *   tx.close();
 * });
 * const got: number[] = [];
 * for await (const n of rx) got.push(n);
 * console.log(got); // [ 1, 2, 3 ]
 */
export class Receiver<T> {
  readonly #mailbox: Mailbox<T>;

  /** Not for programs: `mpsc.channel()` makes it. */
  constructor(mailbox: Mailbox<T>) {
    this.#mailbox = mailbox;
  }

  /**
   * Waits for the next message; gives `undefined` once the channel is closed and every message was received.
   *
   * Aborted, or the loser of a `select`, it has received nothing: the message stays first. More than one task
   * may wait, and they are served in turn. Source: `Receiver::recv`.
   *
   * @example
   * const [tx, rx] = mpsc.channel<number>(1);
   * const sum = spawn(function* () {
   *   let total = 0;
   *   for (;;) {
   *     const message = yield* rx.recv();
   *     if (message === undefined) return total;
   *     total += message;
   *   }
   * });
   * for (const n of [1, 2, 3]) await tx.send(n);
   * tx.close();
   * console.log((await sum).unwrap()); // 6
   */
  recv(): Op<T | undefined> {
    return new Receiving(this.#mailbox);
  }

  /**
   * Waits for a message, then takes up to `limit` of those that are here: puts them at the end of `buffer` and
   * gives how many.
   *
   * Gives 0 once the channel is closed and drained, and for a `limit` of 0, which does not wait. Abort takes
   * nothing. Throws a `TypeError` or `RangeError` unless `buffer` is an array that can grow and `limit` a whole number from 0
   * to 2 ** 31 - 1. Source: `Receiver::recv_many`.
   */
  recvMany(buffer: T[], limit: number): Op<number> {
    if (!Array.isArray(buffer)) {
      throw new TypeError(`receiver.recvMany: buffer must be an array, got ${safeInspect(buffer, 100)}`);
    }
    if (!Object.isExtensible(buffer)) {
      throw new TypeError('receiver.recvMany: buffer must be an array that can grow, got a frozen one');
    }
    checkCount('receiver.recvMany', 'limit', limit, 0);
    return new Operation(new ReceivingMany(this.#mailbox, buffer, limit));
  }

  /**
   * Takes the next message if there is one.
   *
   * A message that is set aside for a `recv()` that was woken is not there for others. `'closed'` says that no
   * message will come. Source: `Receiver::try_recv`.
   */
  tryRecv(): Result<T, 'empty' | 'closed'> {
    if (this.#mailbox.freeMessages > 0) return Ok(this.#mailbox.take());
    return this.#mailbox.size === 0 && this.#mailbox.isOver ? CLOSED : EMPTY;
  }

  /**
   * Wants nothing more: every `send`, also one that waits, throws.
   *
   * Messages that were sent can still be received, and so can those for which a permit was given before. Again, it does nothing. Source: `Receiver::close`.
   */
  close(): void {
    this.#mailbox.closeReceiver();
  }

  /** Closes, and forgets the messages that were not received, as dropping a receiver does in tokio. */
  discard(): void {
    this.#mailbox.closeReceiver();
    this.#mailbox.discard();
  }

  /**
   * Whether the channel is closed, by this end or by all senders. Messages may still be here.
   *
   * A `send` that waits and a permit that was not used count as a sender. Source: `Receiver::is_closed`.
   */
  isClosed(): boolean {
    return this.#mailbox.isClosed;
  }

  /** How many messages were sent and not received. Source: `Receiver::len`. */
  len(): number {
    return this.#mailbox.size;
  }

  /** Whether no message waits to be received. Source: `Receiver::is_empty`. */
  isEmpty(): boolean {
    return this.#mailbox.size === 0;
  }

  /** The same as `discard()`, for `using`. */
  [Symbol.dispose](): void {
    this.discard();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined, void> {
    return iterate(this);
  }
}

const EMPTY = Err('empty' as const);
const CLOSED = Err('closed' as const);
