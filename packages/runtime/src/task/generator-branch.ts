import { RESUME, SUSPENDED, YIELDED } from '../base/suspension.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { throwYielded } from './yielded-by-hand.js';

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
    const step = this.#leaving ? this.#body.next(RESUME) : this.#body.return(undefined);
    this.#leaving = true;
    return this.#drive(step, waker) !== PENDING;
  }

  #drive(first: IteratorResult<unknown, unknown>, waker: Waker): unknown | Pending {
    const step = throwYielded(this.#body, first);
    if (step === YIELDED) waker.wake();
    return step === SUSPENDED || step === YIELDED ? PENDING : step.value;
  }
}
