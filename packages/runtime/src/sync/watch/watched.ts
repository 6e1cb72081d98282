import { WaiterList } from '../waiter-list.js';

/**
 * What the ends of a watch channel share: one value, how often it was replaced, and who waits.
 *
 * A receiver knows the version that it has seen, so nothing is queued and nothing is handed over: values that were
 * replaced before anybody looked are gone, and whoever leaves takes nothing along.
 */
export class Watched<T> {
  value: T;
  version = 0;
  senders = 1;
  receivers = 0;
  /** Receivers that wait for another version, or the end. */
  readonly watching: WaiterList = new WaiterList();
  /** Those who wait until there is no receiver. */
  readonly onlooking: WaiterList = new WaiterList();

  constructor(value: T) {
    this.value = value;
  }

  /** Whether there is no sender left. */
  get isOver(): boolean {
    return this.senders === 0;
  }

  replace(value: T): void {
    this.value = value;
    this.version += 1;
    this.watching.wakeAll();
  }

  removeSender(): void {
    this.senders -= 1;
    if (this.senders === 0) this.watching.wakeAll();
  }

  removeReceiver(): void {
    this.receivers -= 1;
    if (this.receivers === 0) this.onlooking.wakeAll();
  }
}
