import { safeInspect } from '../../base/safe-inspect.js';
import { isThenable } from '../../base/thenable.js';
import type { Op } from '../../task/op.js';
import { Operation } from '../../task/operation.js';
import { PENDING } from '../../task/pollable.js';
import { ChannelClosed } from '../channel-closed.js';
import { checkEnd } from '../check-end.js';
import { Sight } from './sight.js';
import type { Watched } from './watched.js';
import { Watching } from './watching.js';

/**
 * A receiving end of a `watch` channel: it sees the latest value, and learns when there is another.
 *
 * It remembers which value it has seen; the one that was there when it was made counts as seen. Tasks that share one
 * receiver share that too: give each its own by `clone()`. In an async function it can be walked: `for await (const
 * value of rx)` gives the value that is there and then each that is there when it looks again, until all senders are
 * closed. A receiver that is done says so by `close()`. Source: `tokio::sync::watch::Receiver`.
 *
 * @example
 * const [tx, rx] = watch('starting');
 * tx.send('ready');
 * await rx.changed();
 * console.log(rx.borrowAndUpdate()); // ready
 */
export class WatchReceiver<T> {
  readonly #sight: Sight<T>;

  /** Not for programs: `watch()`, `subscribe()` and `clone()` make it. */
  constructor(watched: Watched<T>, seen: number) {
    this.#sight = new Sight(watched, seen);
  }

  /**
   * Waits for a value that this receiver has not seen, and marks it as seen: read it with `borrow()`.
   *
   * One that is there already, also the last of a closed channel, ends it at once. Throws a `ChannelClosed` when none
   * will come. Values that were replaced before anybody looked are not seen by anybody. Abort withdraws, and the value
   * stays unseen. Source: `Receiver::changed`.
   */
  changed(): Op<void> {
    const accept = (sight: Sight<T>) => {
      if (!sight.hasNew) return PENDING;
      sight.look();
      return undefined;
    };
    return new Operation(new Watching<T, void>('receiver.changed', this.#sight, accept));
  }

  /**
   * Waits until `isIt` says yes to a value, gives that value and marks it as seen.
   *
   * It is asked about the value that is there, seen or not, and then about others as they come; not about those that
   * were replaced before it could look. Throws a `ChannelClosed` when all senders are closed and it said no to the last,
   * a `TypeError` at once when it is no function, or when it gives a promise, and what it throws. Abort withdraws. Source: `Receiver::wait_for`.
   *
   * @example
   * const [tx, rx] = watch(0);
   * spawn(function* () {
   *   for (let n = 1; n <= 3; n += 1) {
   *     tx.send(n);
   *     yield* yieldNow();
   *   }
   * });
   * console.log(await rx.waitFor((n) => n >= 2)); // 2
   */
  waitFor(isIt: (value: T) => boolean): Op<T> {
    if (typeof isIt !== 'function') {
      throw new TypeError(`receiver.waitFor: expected a function, got ${safeInspect(isIt, 100)}`);
    }
    let asked = -1;
    const accept = (sight: Sight<T>) => {
      if (asked === sight.watched.version) return PENDING;
      asked = sight.watched.version;
      const value = sight.look();
      const answer: unknown = isIt(value);
      if (isThenable(answer)) {
        // It would count as a yes; that it fails may be no news to anybody.
        answer.then(undefined, () => undefined);
        throw new TypeError(
          'receiver.waitFor: the function gave a promise, which would count as true. Give it one that answers at once.',
        );
      }
      return answer ? value : PENDING;
    };
    return new Operation(new Watching('receiver.waitFor', this.#sight, accept));
  }

  /** Gives the latest value, and leaves it unseen if it was. Source: `Receiver::borrow`. */
  borrow(): T {
    return this.#sight.watched.value;
  }

  /** Gives the latest value and marks it as seen: `changed()` waits for another. Source: `Receiver::borrow_and_update`. */
  borrowAndUpdate(): T {
    return this.#sight.look();
  }

  /**
   * Whether there is a value that this receiver has not seen.
   *
   * Throws a `ChannelClosed` when all senders are closed, also where the last value was not seen: that one is for
   * `changed()` to tell. Source: `Receiver::has_changed`.
   */
  hasChanged(): boolean {
    if (this.#sight.isOver) throw new ChannelClosed('receiver.hasChanged', undefined);
    return this.#sight.hasNew;
  }

  /** Marks the value that is there as unseen: the next `changed()` ends at once. Source: `Receiver::mark_changed`. */
  markChanged(): void {
    this.#sight.seen = -1;
  }

  /** Marks the value that is there as seen. Source: `Receiver::mark_unchanged`. */
  markUnchanged(): void {
    this.#sight.look();
  }

  /** Makes another receiver that has seen what this one has. Throws a `ChannelClosed` when this one was closed. */
  clone(): WatchReceiver<T> {
    const { closed, watched, seen } = this.#sight;
    if (closed) throw new ChannelClosed('receiver.clone', undefined);
    return new WatchReceiver(watched, seen);
  }

  /** Whether `other` watches the same value. Throws a `TypeError` for no such end. Source: `Receiver::same_channel`. */
  sameChannel(other: WatchReceiver<T>): boolean {
    checkEnd('receiver.sameChannel', other, 'WatchReceiver', other instanceof WatchReceiver);
    return other.#sight.watched === this.#sight.watched;
  }

  /** Wants nothing more: who waits gets a `ChannelClosed`. The value can still be read. Again, it does nothing. */
  close(): void {
    this.#sight.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined, void> {
    let began = false;
    const accept = (sight: Sight<T>): IteratorResult<T, undefined> | typeof PENDING => {
      if (began && !sight.hasNew) return sight.isOver ? { done: true, value: undefined } : PENDING;
      began = true;
      return { done: false, value: sight.look() };
    };
    const next = () => new Operation(new Watching('receiver.changed', this.#sight, accept));
    return { next: () => next().then() };
  }
}
