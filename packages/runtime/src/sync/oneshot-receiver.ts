import { Err, Ok, type Result } from '../base/result.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { ChannelClosed } from './channel-closed.js';
import type { OneshotCell } from './oneshot-cell.js';

/**
 * The receiving end of a `oneshot`. Source: `tokio::sync::oneshot::Receiver`.
 *
 * @example
 * const [tx, rx] = oneshot<string>();
 * spawn(async () => tx.send('done'));
 * console.log(await rx.recv()); // done
 */
export class OneshotReceiver<T> {
  readonly #cell: OneshotCell<T>;

  /** Not for programs: `oneshot()` makes it. */
  constructor(cell: OneshotCell<T>) {
    this.#cell = cell;
  }

  /**
   * Waits for the value and takes it.
   *
   * Throws a `ChannelClosed` when none will come: the sender or this end was closed without one, or it was
   * taken before. Abort withdraws: a value that comes meanwhile stays for the next `recv()`. In tokio the
   * receiver is itself the future; here, as with the other channels, receiving is an operation on it.
   */
  recv(): Op<T> {
    return new Operation(new Receiving(this.#cell));
  }

  /** Takes the value if it is there. `'closed'` says that none will come. Source: `Receiver::try_recv`. */
  tryRecv(): Result<T, 'empty' | 'closed'> {
    if (this.#cell.isFull) return Ok(this.#cell.take());
    return this.#cell.isSpent ? CLOSED : EMPTY;
  }

  /** Whether there is no value to take: not yet, or not any more. Source: `Receiver::is_empty`. */
  isEmpty(): boolean {
    return !this.#cell.isFull;
  }

  /** Whether it has ended: the value was taken, or none will come. Source: `Receiver::is_terminated`. */
  isTerminated(): boolean {
    return this.#cell.isSpent;
  }

  /**
   * Wants nothing more: a later `send` fails, and the sender's `closed()` ends.
   *
   * A value that was sent before can still be received. Again, it does nothing. Source: `Receiver::close`.
   */
  close(): void {
    this.#cell.closeReceiver();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

const EMPTY = Err('empty' as const);
const CLOSED = Err('closed' as const);

class Receiving<T> implements Pollable<T> {
  readonly #cell: OneshotCell<T>;

  constructor(cell: OneshotCell<T>) {
    this.#cell = cell;
  }

  get what(): string {
    return 'receiver.recv()';
  }

  poll(waker: Waker): T | Pending {
    const cell = this.#cell;
    if (cell.isFull) return cell.take();
    if (cell.isSpent) throw new ChannelClosed('oneshot receiver.recv', undefined);
    cell.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#cell.unwait(waker);
    return true;
  }
}
