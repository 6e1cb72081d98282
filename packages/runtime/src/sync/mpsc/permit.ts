import { lend } from '../../base/lent.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkSendable } from '../check-sendable.js';
import type { Mailbox } from './mailbox.js';

/**
 * The right to send one message without waiting: a slot of a bounded channel that is kept for it.
 *
 * It is used or given back once. Until then the channel does not end, also when its sender and its receiver are
 * closed. There is no `drop` in JavaScript: a permit that is forgotten keeps its slot for ever. Source:
 * `tokio::sync::mpsc::Permit` and `OwnedPermit`, between which only Rust has a difference.
 *
 * @example
 * const [tx, rx] = mpsc.channel<string>(1);
 * const permit = await tx.reserve();
 * console.log(tx.capacity()); // 0
 * permit.send('kept a place for');
 * console.log(await rx.recv()); // kept a place for
 */
export class Permit<T> {
  readonly #mailbox: Mailbox<T>;
  #spent = false;

  /** Not for programs: `sender.reserve()` makes it. */
  constructor(mailbox: Mailbox<T>) {
    this.#mailbox = mailbox;
  }

  /**
   * Sends `value`, at once.
   *
   * It works after `receiver.close()`, since the receiver waits for what was promised a slot. After
   * `receiver.discard()` it throws a `ChannelClosed` that carries `value`. Throws a `TypeError` for `undefined`
   * and for a thenable, which leaves the permit as it was, and when the permit was used or given back. Source:
   * `Permit::send`.
   */
  send(value: T): void {
    checkSendable('permit.send', value);
    if (this.#spent) {
      throw new TypeError(
        'permit.send: the permit was used or given back, and is for one message. Reserve another.',
      );
    }
    this.#spent = true;
    if (this.#mailbox.discarded) {
      this.#mailbox.giveBack(1);
      throw new ChannelClosed('permit.send', value);
    }
    this.#mailbox.putHeld(value);
  }

  /** Gives the slot back: the next in line has it. Used or given back before, it does nothing. In Rust it is the drop. */
  release(): void {
    if (this.#spent) return;
    this.#spent = true;
    this.#mailbox.giveBack(1);
  }

  /** The same as `release()`, for `using`. */
  [Symbol.dispose](): void {
    this.release();
  }
}

lend(Permit);
