import { Err, Ok, type Result } from '../../base/result.js';
import { ChannelClosed } from '../../sync/channel-closed.js';
import { checkSendable } from '../../sync/check-sendable.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { readyValue } from '../../wire/send-value.js';
import { checkMayBlockOn } from './check-may-block-on.js';
import { Halves } from './halves.js';
import { Sending, WaitingForEnd } from './sending.js';
import type { SendingHalf } from './sending-half.js';

/**
 * The sending end of a `thread.channel`: like an mpsc `Sender`, and it can be given to another thread.
 *
 * It goes along by itself, without `move()`, in an argument, a result or an item of another channel; what is left
 * behind throws a `TypeError` that says so. Given to a task as an argument it belongs to that task, and is closed when
 * the task settles.
 *
 * @example
 * const [sender, receiver] = thread.channel<string>({ capacity: 4 });
 * const handle = thread.spawn(async (out) => out.send('from a thread'), sender);
 * console.log(await receiver.recv()); // from a thread
 * await handle;
 */
export class ThreadSender<T> {
  /** Not for programs: `thread.channel()` makes it. */
  constructor(half: SendingHalf) {
    senders.hold(this, half);
  }

  /**
   * Sends `value`, and waits for a free slot where there is none: those who wait are given slots in turn.
   *
   * Aborted, or the loser of a `select`, it has not sent. The value is cloned when it is put into its slot. Throws a
   * `ChannelClosed` that carries `value` when the receiver is closed or gone, even while it waits, or this sender is
   * closed; at once a `TypeError` for `undefined`, for a thenable, and for what cannot cross to another thread, by name.
   * A value that was sent may still never be received. Source: `Sender::send`.
   */
  send(value: T): Op<void> {
    const half = senders.heldBy(this, 'sender.send');
    checkSendable('sender.send', value);
    return new Operation(new Sending(half, value, readyValue(value, 'value', 'sender.send: ')));
  }

  /**
   * Sends `value` if there is a free slot, without waiting: at once, also from a loop that never gives up the thread.
   *
   * Throws a `TypeError` for `undefined`, for a thenable, and for what cannot cross. Source: `Sender::try_send`.
   */
  trySend(value: T): Result<void, 'full' | 'closed'> {
    const half = senders.of(this, 'sender.trySend');
    checkSendable('sender.trySend', value);
    const ready = readyValue(value, 'value', 'sender.trySend: ');
    if (half.isClosed) return CLOSED;
    if (half.hasLine || half.free <= 0) return FULL;
    half.put(ready);
    return SENT;
  }

  /**
   * As `send`, and blocks this OS thread while the channel is full: for a loop that never gives up its thread.
   *
   * Throws a `ChannelClosed` that carries `value` where `send` does, and a `TypeError` for the same values; an `Error`
   * on the main thread, where this thread has other tasks, and where it has the receiver too: what would be waited for
   * could not happen. Source: `Sender::blocking_send`.
   *
   * @example
   * const [sender, receiver] = thread.channel<number>({ capacity: 1 });
   * thread.spawn((squares) => {
   *   for (let n = 1; n <= 3; n += 1) squares.blockingSend(n * n);
   * }, sender);
   * for await (const square of receiver) console.log(square); // 1, 4, 9
   */
  blockingSend(value: T): void {
    const half = senders.of(this, 'sender.blockingSend');
    checkSendable('sender.blockingSend', value);
    const ready = readyValue(value, 'value', 'sender.blockingSend: ');
    checkMayBlockOn(half, 'sender.blockingSend', 'sender.send(value)');
    if (!half.block()) throw new ChannelClosed('sender.blockingSend', value);
    half.put(ready);
  }

  /** Waits until nothing can be sent: the receiver is closed or gone. Abort withdraws. Source: `Sender::closed`. */
  closed(): Op<void> {
    return new Operation(new WaitingForEnd(senders.heldBy(this, 'sender.closed')));
  }

  /** Whether nothing can be sent: the receiver is closed or gone, or this sender is. Source: `Sender::is_closed`. */
  isClosed(): boolean {
    return senders.of(this, 'sender.isClosed').isClosed;
  }

  /** How many items can be sent now without waiting. Source: `Sender::capacity`. */
  capacity(): number {
    return Math.max(0, senders.of(this, 'sender.capacity').free);
  }

  /** How many items the channel holds at most. Source: `Sender::max_capacity`. */
  maxCapacity(): number {
    return senders.of(this, 'sender.maxCapacity').words.capacity;
  }

  /**
   * Says that nothing more will be sent: the receiver gets what was sent, and then the end.
   *
   * A `send` that already waits goes through; a later one throws. Again, it does nothing, nor does it where the sender
   * has moved to another thread.
   */
  close(): void {
    senders.ifHere(this)?.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  get [Symbol.toStringTag](): 'ThreadSender' {
    return 'ThreadSender';
  }
}

/** The halves of the senders that are on this thread. */
export const senders: Halves<SendingHalf> = new Halves('sender', (half) => half.close());

const SENT = Ok(undefined);
const FULL = Err('full' as const);
const CLOSED = Err('closed' as const);
