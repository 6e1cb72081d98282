import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkEnd } from '../check-end.js';
import { iterate } from '../iterate.js';
import type { Backlog } from './backlog.js';
import { Cursor } from './cursor.js';
import { Lagged } from './lagged.js';
import { ReceivingBroadcast } from './receiving-broadcast.js';

/**
 * A receiving end of a `broadcast` channel: it gets every message that was sent since it was made.
 *
 * In an async function it can be walked: `for await (const message of rx)` ends when the channel does, and throws a
 * `Lagged` where messages were missed; another loop goes on from there. A receiver that is done says so by
 * `close()`: one that is only forgotten counts as a receiver for ever. Source: `tokio::sync::broadcast::Receiver`.
 *
 * @example
 * const [tx, rx] = broadcast<string>(16);
 * tx.send('news');
 * tx.close();
 * for await (const message of rx) console.log(message); // news
 */
export class BroadcastReceiver<T> {
  readonly #backlog: Backlog<T>;
  readonly #cursor: Cursor<T>;

  /** Not for programs: `broadcast()`, `subscribe()` and `resubscribe()` make it. */
  constructor(backlog: Backlog<T>) {
    this.#backlog = backlog;
    this.#cursor = new Cursor(backlog);
  }

  /**
   * Waits for the next message; gives `undefined` once all senders are closed and every message was received.
   *
   * Throws a `Lagged` that says how many, once, when messages were written over before this receiver read them; the
   * next `recv()` gives the oldest that is still here. Aborted, or the loser of a `select`, it has received nothing.
   * Tasks that share one receiver share its messages, and are served in turn. Source: `Receiver::recv`.
   */
  recv(): Op<T | undefined> {
    return new Operation(new ReceivingBroadcast(this.#cursor));
  }

  /**
   * Takes the next message if there is one.
   *
   * The error is `'empty'`, `'closed'` when no message will come, or a `Lagged` as `recv()` throws it. While
   * somebody waits in `recv()`, what comes is his. Source: `Receiver::try_recv`.
   */
  tryRecv(): Result<T, 'empty' | 'closed' | Lagged> {
    const cursor = this.#cursor;
    if (cursor.len > 0 && cursor.line.first === undefined) {
      const missed = cursor.catchUp();
      return missed > 0 ? Err(new Lagged(missed)) : Ok(cursor.read());
    }
    return cursor.len === 0 && cursor.isOver ? CLOSED : EMPTY;
  }

  /**
   * Makes another receiver, which gets what is sent from now on: not what this one has yet to read.
   *
   * Throws a `ChannelClosed` when this one was closed. Source: `Receiver::resubscribe`.
   */
  resubscribe(): BroadcastReceiver<T> {
    if (this.#cursor.closed) throw new ChannelClosed('receiver.resubscribe', undefined);
    return new BroadcastReceiver(this.#backlog);
  }

  /** How many messages were sent that it has not read; those that it missed count until it was told. Source: `Receiver::len`. */
  len(): number {
    return this.#cursor.len;
  }

  /** Whether it has read every message. Source: `Receiver::is_empty`. */
  isEmpty(): boolean {
    return this.#cursor.len === 0;
  }

  /** Whether no message can come beyond those that are here. Source: `Receiver::is_closed`. */
  isClosed(): boolean {
    return this.#cursor.isOver;
  }

  /** Whether `other` receives from the same senders. Throws a `TypeError` for no such end. Source: `Receiver::same_channel`. */
  sameChannel(other: BroadcastReceiver<T>): boolean {
    checkEnd('receiver.sameChannel', other, 'BroadcastReceiver', other instanceof BroadcastReceiver);
    return other.#backlog === this.#backlog;
  }

  /** Wants nothing more, not even what it has not read: who waits in `recv()` gets `undefined`. Again, it does nothing. */
  close(): void {
    this.#cursor.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined, void> {
    return iterate(this);
  }
}

const EMPTY = Err('empty' as const);
const CLOSED = Err('closed' as const);
