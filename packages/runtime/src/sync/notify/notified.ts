import { Operation } from '../../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { Waiter } from '../waiter-list.js';
import type { NotifyLine } from './notify-line.js';

/**
 * The wait for a notification, made by `notify.notified()`.
 *
 * The one operation that can be given a place in line before its first use: for who has to be in line before he looks
 * whether he must wait at all. An operation that was enabled and is never used stays in line and would be notified in
 * the place of another: withdraw it, or take it with `using`. Source: `tokio::sync::futures::Notified`.
 *
 * @example
 * const notify = new Notify();
 * const notified = notify.notified();
 * notified.enable(); // from here on a notification is ours
 * notify.notifyOne();
 * await notified;
 */
export class Notified extends Operation<void> {
  // By inheritance, since whoever takes an operation apart (`select`, a test's `step`) knows one by its class.
  readonly #waiting: Waiting;

  /** Not for programs: a `Notify` makes it. */
  constructor(line: NotifyLine) {
    const waiting = new Waiting(line);
    super(waiting);
    this.#waiting = waiting;
  }

  /**
   * Takes a place in line without waiting, unless it has one. Answers whether it has been notified by now; then the
   * notification is used up, and the wait is over at once.
   *
   * Source: `Notified::enable`.
   */
  enable(): boolean {
    return this.#waiting.poll(NOBODY) !== PENDING;
  }

  /**
   * Gives up the place in line, and hands on a notification that it was given. In Rust it is the drop.
   *
   * For an operation that was enabled and will not be used: one that is in use, or was, is left alone.
   */
  withdraw(): void {
    this.#waiting.withdraw();
  }

  /** The same as `withdraw()`, for `using`. */
  [Symbol.dispose](): void {
    this.withdraw();
  }
}

class Waiting implements Pollable<void> {
  readonly what = 'notify.notified()';
  readonly #line: NotifyLine;
  readonly #round: number;
  #waiter: Waiter | undefined;
  #notified = false;

  constructor(line: NotifyLine) {
    this.#line = line;
    this.#round = line.round;
  }

  poll(waker: Waker): undefined | Pending {
    const waiter = this.#waiter;
    if (this.#notified || this.#isCalled(waiter)) {
      this.#notified = true;
      return undefined;
    }
    if (waiter === undefined) {
      this.#waiter = new Waiter(waker);
      this.#line.wait(this.#waiter);
    } else if (waker !== NOBODY) waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined && !this.#notified) this.#line.leave(this.#waiter);
    this.#waiter = undefined;
    return true;
  }

  withdraw(): void {
    if (this.#waiter?.waker === NOBODY) this.leave();
  }

  #isCalled(waiter: Waiter | undefined): boolean {
    if (this.#round !== this.#line.round) return true;
    return waiter === undefined ? this.#line.take() : waiter.called;
  }
}

/** Who is woken for an operation that is in line and not used yet. */
const NOBODY: Waker = { wake: () => undefined };
