import { Err, Ok, type Result } from '../../base/result.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { checkMayBlockOn } from './check-may-block-on.js';
import { Halves } from './halves.js';
import { Receiving } from './receiving.js';
import type { ReceivingHalf } from './receiving-half.js';

/**
 * The receiving end of a `thread.channel`: like an mpsc `Receiver`, and it can be given to another thread.
 *
 * In an async function it can be walked: `for await (const item of receiver)` ends when the channel does. Leaving the
 * loop early closes nothing; the rest can be received later, or `discard()` says that nobody will.
 *
 * It goes along by itself, without `move()`, in an argument, a result or an item of another channel, with all that was
 * sent and not received; what is left behind throws a `TypeError` that says so. Given to a task as an argument it
 * belongs to that task, and is discarded when the task settles.
 *
 * @example
 * const [sender, receiver] = thread.channel<number>({ capacity: 4 });
 * thread.spawn(async (out) => {
 *   for (let n = 1; n <= 3; n++) await out.send(n);
 * }, sender);
 * const got: number[] = [];
 * for await (const n of receiver) got.push(n);
 * console.log(got); // [ 1, 2, 3 ]
 */
export class ThreadReceiver<T> {
  /** Not for programs: `thread.channel()` makes it. */
  constructor(half: ReceivingHalf) {
    receivers.hold(this, half);
  }

  /**
   * Waits for the next item; gives `undefined` once every item was received and the sender is closed, or gone with
   * its thread, however that ended.
   *
   * Aborted, or the loser of a `select`, it has received nothing: the item stays first. More than one task may wait,
   * and they are served in turn. Source: `Receiver::recv`.
   */
  recv(): Op<T | undefined> {
    return new Operation(new Receiving<T>(receivers.heldBy(this, 'receiver.recv')));
  }

  /**
   * As `recv`, and blocks this OS thread while nothing is there: for a loop that never gives up its thread.
   *
   * Throws an `Error` on the main thread, where this thread has other tasks, and where it has the sender too: what
   * would be waited for could not happen. Source: `Receiver::blocking_recv`.
   *
   * @example
   * const [sender, receiver] = thread.channel<number>({ capacity: 8 });
   * const sum = thread.spawn((numbers) => {
   *   let sum = 0;
   *   for (let n = numbers.blockingRecv(); n !== undefined; n = numbers.blockingRecv()) sum += n;
   *   return sum;
   * }, receiver);
   * for (const n of [1, 2, 3]) await sender.send(n);
   * sender.close();
   * console.log((await sum).unwrap()); // 6
   */
  blockingRecv(): T | undefined {
    const half = receivers.of(this, 'receiver.blockingRecv');
    checkMayBlockOn(half, 'receiver.blockingRecv', 'receiver.recv()');
    return half.block() ? (half.take() as T) : undefined;
  }

  /**
   * Takes the next item if there is one, also in a loop that never gives up the thread.
   *
   * An item that is set aside for a `recv()` that was woken is not there for others. `'closed'` says that none will
   * come. Source: `Receiver::try_recv`.
   */
  tryRecv(): Result<T, 'empty' | 'closed'> {
    const half = receivers.of(this, 'receiver.tryRecv');
    if (half.free > 0 && !half.hasLine) return Ok(half.take() as T);
    return half.isDrained ? CLOSED : EMPTY;
  }

  /**
   * Wants nothing more: every `send`, also one that waits, throws. Items that were sent can still be received.
   *
   * Again, it does nothing, nor does it where the receiver has moved to another thread. Source: `Receiver::close`.
   */
  close(): void {
    receivers.ifHere(this)?.close();
  }

  /** Closes, and forgets the items that were not received, as dropping a receiver does in tokio. */
  discard(): void {
    receivers.ifHere(this)?.finish();
  }

  /** Whether nothing more will be sent: this end is closed, or the sender is closed or gone. Items may still be here. */
  isClosed(): boolean {
    return receivers.of(this, 'receiver.isClosed').isOver;
  }

  /** How many items were sent and not received. Source: `Receiver::len`. */
  len(): number {
    return receivers.of(this, 'receiver.len').size;
  }

  /** Whether no item waits to be received. Source: `Receiver::is_empty`. */
  isEmpty(): boolean {
    return receivers.of(this, 'receiver.isEmpty').size === 0;
  }

  /** The same as `discard()`, for `using`. */
  [Symbol.dispose](): void {
    this.discard();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined, void> {
    return { next: () => this.recv().then(toStep) as Promise<IteratorResult<T, undefined>> };
  }

  get [Symbol.toStringTag](): 'ThreadReceiver' {
    return 'ThreadReceiver';
  }
}

/** The halves of the receivers that are on this thread. */
export const receivers: Halves<ReceivingHalf> = new Halves('receiver', (half) => half.finish());

const EMPTY = Err('empty' as const);
const CLOSED = Err('closed' as const);

function toStep<T>(item: T | undefined): IteratorResult<T, undefined> {
  return item === undefined ? { done: true, value: undefined } : { done: false, value: item };
}
