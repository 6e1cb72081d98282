import { PENDING, type Pending, type Pollable, type Waker } from '../../task/pollable.js';
import { ChannelClosed } from '../channel-closed.js';
import { Waiter } from '../waiter-list.js';
import type { Sight } from './sight.js';

/** Waits until a receiver accepts what it sees. */
export class Watching<T, R> implements Pollable<R> {
  readonly #caller: string;
  readonly #sight: Sight<T>;
  readonly #accept: (sight: Sight<T>) => R | Pending;
  #waiter: Waiter | undefined;

  /** `accept` looks, and gives the answer or `PENDING`. It is asked again when there is another value. */
  constructor(caller: string, sight: Sight<T>, accept: (sight: Sight<T>) => R | Pending) {
    this.#caller = caller;
    this.#sight = sight;
    this.#accept = accept;
  }

  get what(): string {
    return `${this.#caller}()`;
  }

  poll(waker: Waker): R | Pending {
    try {
      const answer = this.#accept(this.#sight);
      if (answer === PENDING && !this.#sight.isOver) return this.#wait(waker);
      this.leave();
      if (answer !== PENDING) return answer;
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
    throw new ChannelClosed(this.#caller, undefined);
  }

  leave(): boolean {
    if (this.#waiter !== undefined) this.#sight.leave(this.#waiter);
    return true;
  }

  #wait(waker: Waker): Pending {
    if (this.#waiter !== undefined) this.#waiter.waker = waker;
    else {
      this.#waiter = new Waiter(waker);
      this.#sight.join(this.#waiter);
    }
    return PENDING;
  }
}
