import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { PermitPool } from './permit-pool.js';
import { SemaphoreClosed } from './semaphore-closed.js';
import { SemaphorePermit } from './semaphore-permit.js';
import { Waiter } from './waiter-list.js';

/** Waits for permits, and takes them. */
export class Acquiring implements Pollable<SemaphorePermit> {
  readonly #pool: PermitPool;
  readonly #count: number;
  #waiter: Waiter | undefined;

  constructor(pool: PermitPool, count: number) {
    this.#pool = pool;
    this.#count = count;
  }

  get what(): string {
    return this.#count === 1 ? 'semaphore.acquire()' : `semaphore.acquireMany(${this.#count})`;
  }

  poll(waker: Waker): SemaphorePermit | Pending {
    const pool = this.#pool;
    const waiter = this.#waiter;
    if (pool.isClosed) {
      this.leave();
      throw new SemaphoreClosed(this.what);
    }
    if (waiter === undefined) {
      if (pool.available >= this.#count) {
        pool.available -= this.#count;
        return new SemaphorePermit(pool, this.#count);
      }
      this.#waiter = new Waiter(waker, this.#count);
      pool.waitFor(this.#waiter);
      return PENDING;
    }
    if (waiter.called) {
      waiter.called = false;
      return new SemaphorePermit(pool, this.#count);
    }
    waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#pool.leave(this.#waiter, this.#count);
    return true;
  }
}
