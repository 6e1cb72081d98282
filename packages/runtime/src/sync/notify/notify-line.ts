import { type Waiter, WaiterList } from '../waiter-list.js';

/**
 * Who waits for a notification, and the one that is remembered for whoever comes next.
 *
 * Everybody who waits or will wait knows the round in which he was made. `notifyAll` begins the next round, and with it
 * whoever is of an earlier one is notified, whether he stands in line or has not begun to wait. So nothing is marked
 * on a waiter, and nothing is there to be handed on: that was meant for all of them.
 *
 * Invariant: while somebody waits nothing is remembered.
 */
export class NotifyLine {
  /** How often all were notified. */
  round = 0;
  readonly #waiters = new WaiterList();
  #remembered = false;

  /** Takes the notification that is remembered. Answers `false` when there is none. */
  take(): boolean {
    const remembered = this.#remembered;
    this.#remembered = false;
    return remembered;
  }

  wait(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  /** Goes away without a notification, or with one that nobody has heard: that goes to the next, from the same end. */
  leave(waiter: Waiter): void {
    if (!waiter.called) this.#waiters.remove(waiter);
    else {
      waiter.called = false;
      if (waiter.calledLast) this.notifyLast();
      else this.notifyFirst();
    }
  }

  notifyFirst(): void {
    if (!this.#waiters.call()) this.#remembered = true;
  }

  notifyLast(): void {
    if (!this.#waiters.callLast()) this.#remembered = true;
  }

  notifyAll(): void {
    this.round += 1;
    this.#waiters.dismissAll();
  }
}
