import type { Op } from '../task/op.js';
import { until } from './until.js';
import { WaiterList } from './waiter-list.js';

/** Something that happens once, such as a close, and everyone who waits for it. */
export class Latch {
  readonly #waiters = new WaiterList();
  #open = false;

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    if (this.#open) return;
    this.#open = true;
    this.#waiters.wakeAll();
  }

  /** Waits for it; `what` names the operation for a person. */
  wait(what: string): Op<void> {
    return until(what, () => this.#open, this.#waiters);
  }
}
