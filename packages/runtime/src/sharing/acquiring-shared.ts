import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Awaiting } from './awaiting.js';
import { PermitClaim } from './permit-words.js';
import { SharedSemaphorePermit } from './shared-semaphore-permit.js';

/** Waits for permits of a `SharedSemaphore`. */
export class AcquiringShared implements Pollable<SharedSemaphorePermit> {
  readonly #awaiting: Awaiting;
  readonly #count: number;

  constructor(caller: string, words: Int32Array, count: number) {
    this.#awaiting = new Awaiting(`${caller}(${count})`, new PermitClaim(words, count));
    this.#count = count;
  }

  get what(): string {
    return this.#awaiting.what;
  }

  poll(waker: Waker): SharedSemaphorePermit | Pending {
    if (this.#awaiting.poll(waker) === PENDING) return PENDING;
    return new SharedSemaphorePermit(this.#awaiting.claim.words, this.#count);
  }

  leave(): boolean {
    return this.#awaiting.leave();
  }
}
