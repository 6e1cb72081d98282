import type { AsyncFrame, ParkedWait } from './async-frame.js';
import { cancelled } from './async-wait.js';
import { type Callback, Chain } from './chain.js';
import { isAborted } from './state.js';

const RESOLVED = Promise.resolve();

/**
 * One `await` of an operation that has nothing to wait for, and only gives up the thread.
 *
 * It is what async tasks switch by, so it is a wait of its own: without an operation to poll or to leave it is a
 * third of the size of `AsyncWait`, and 100,000 tasks that yield are 100,000 of it.
 */
export class AsyncYield extends Chain implements ParkedWait {
  /** Whose it is, until it has ended. */
  #frame: AsyncFrame | undefined;

  private constructor(frame: AsyncFrame, onValue: Callback, onThrow: Callback) {
    super(onValue, onThrow);
    this.#frame = frame;
  }

  /** Does what `then` does on a promise that is fulfilled when it is this task's turn again. */
  static begin(frame: AsyncFrame | undefined, onValue: Callback, onThrow: Callback): Chain {
    if (frame === undefined) return inMicrotask(onValue, onThrow);
    const wait = new AsyncYield(frame, onValue, onThrow);
    if ((isAborted(frame.task) || frame.waits.left === true) && !frame.shielded) {
      wait.#frame = undefined;
      frame.waits.refuse(() => wait.throw(cancelled(frame)));
    } else {
      frame.waits.park(wait);
      frame.waits.woken(wait);
    }
    return wait;
  }

  get what(): string {
    return 'yieldNow()';
  }

  get shielded(): boolean {
    return this.#frame?.shielded === true;
  }

  poll(): boolean {
    const frame = this.#frame;
    if (frame === undefined) return false;
    this.#frame = undefined;
    frame.enter(AsyncYield.#give, this);
    return true;
  }

  cancel(): boolean {
    const frame = this.#frame;
    if (frame === undefined) return true;
    this.#frame = undefined;
    const error = cancelled(frame);
    frame.enter((wait) => wait.throw(error), this);
    return true;
  }

  drop(): void {
    this.#frame = undefined;
  }

  static #give(this: void, wait: AsyncYield): void {
    wait.give(undefined);
  }
}

function inMicrotask(onValue: Callback, onThrow: Callback): Chain {
  const chain = new Chain(onValue, onThrow);
  void RESOLVED.then(() => chain.give(undefined));
  return chain;
}
