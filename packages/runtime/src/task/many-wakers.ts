import type { Waker } from './pollable.js';
import { wakeEach } from './wake-each.js';

/** Who waits where several do, as one waker: who wakes need not look how many there are. */
export class ManyWakers implements Waker {
  readonly #wakers: Set<Waker>;

  constructor(first: Waker, second: Waker) {
    this.#wakers = new Set([first, second]);
  }

  add(waker: Waker): void {
    this.#wakers.add(waker);
  }

  /** Takes one out. Answers `false` when none is left. */
  delete(waker: Waker): boolean {
    this.#wakers.delete(waker);
    return this.#wakers.size > 0;
  }

  wake(): void {
    wakeEach([...this.#wakers]);
  }
}
