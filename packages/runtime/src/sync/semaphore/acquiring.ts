import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { Waiter } from '../waiter-list.js';
import type { PermitPool } from './permit-pool.js';
import { SemaphoreClosed } from './semaphore-closed.js';

/** What somebody acquires: how it is called, and what stands for the permits in his hand. */
export interface Grant<G> {
  /** The call, for a person: `semaphore.acquire()`. */
  what(count: number): string;
  make(count: number): G;
}

/** Waits for permits, takes them, and gives what stands for them. */
export class Acquiring<G> implements Pollable<G> {
  readonly #pool: PermitPool;
  readonly #count: number;
  readonly #grant: Grant<G>;
  #waiter: Waiter | undefined;

  constructor(pool: PermitPool, count: number, grant: Grant<G>) {
    this.#pool = pool;
    this.#count = count;
    this.#grant = grant;
  }

  get what(): string {
    return this.#grant.what(this.#count);
  }

  poll(waker: Waker): G | Pending {
    const pool = this.#pool;
    const waiter = this.#waiter;
    if (pool.isClosed) {
      this.leave();
      throw new SemaphoreClosed(this.what);
    }
    if (waiter === undefined) {
      if (pool.tryTake(this.#count)) return this.#grant.make(this.#count);
      this.#waiter = new Waiter(waker, this.#count);
      pool.waitFor(this.#waiter);
      return PENDING;
    }
    if (waiter.called) {
      waiter.called = false;
      return this.#grant.make(this.#count);
    }
    waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#pool.leave(this.#waiter, this.#count);
    return true;
  }
}
