import { RESUME, SUSPENDED, YIELDED } from '../base/suspension.js';
import { drop } from './current.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { yieldedByHand } from './yielded-by-hand.js';

type Body = Generator<unknown, unknown, unknown>;

/** A generator that is driven as a part of the task that waits for it. Left, its `finally` blocks run, and may wait. */
export class GeneratorBranch implements Pollable<unknown> {
  readonly what = 'a generator';
  readonly #body: Body;
  #leaving = false;

  constructor(body: Body) {
    this.#body = body;
  }

  poll(waker: Waker): unknown | Pending {
    return this.#drive(this.#body.next(RESUME), waker);
  }

  leave(waker: Waker): boolean {
    const step = this.#leaving ? this.#body.next(RESUME) : drop(this.#body);
    this.#leaving = true;
    return this.#drive(step, waker) !== PENDING;
  }

  #drive(first: IteratorResult<unknown, unknown>, waker: Waker): unknown | Pending {
    let step = first;
    while (step !== SUSPENDED) {
      if (step === YIELDED) {
        waker.wake();
        break;
      }
      if (step.done === true) return step.value;
      step = this.#body.throw(yieldedByHand(step.value));
    }
    return PENDING;
  }
}
