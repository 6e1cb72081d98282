import { RESUME, SUSPENDED, YIELDED } from '../base/suspension.js';
import { current } from './current.js';
import { Eviction } from './eviction.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { TaskCancelled } from './task-cancelled.js';
import { throwYielded } from './yielded-by-hand.js';

type Body = Generator<unknown, unknown, unknown>;

/** A generator that is driven as a part of the task that waits for it. Left, its `finally` blocks run, and may wait. */
export class GeneratorBranch implements Pollable<unknown> {
  readonly what = 'a generator';
  readonly #body: Body;
  #eviction: Eviction | undefined;

  constructor(body: Body) {
    this.#body = body;
  }

  poll(waker: Waker): unknown | Pending {
    return this.#drive(this.#body.next(RESUME), waker);
  }

  leave(waker: Waker): boolean {
    const { leaving, task } = current;
    const told = this.#eviction !== undefined;
    const eviction = this.#eviction ?? new Eviction(task);
    this.#eviction = eviction;
    current.leaving = leaving ?? eviction;
    try {
      const step = told ? this.#body.next(RESUME) : this.#body.return(undefined);
      return this.#drive(step, waker) !== PENDING || eviction.abandoned;
    } catch (thrown) {
      // An operation threw it because the branch has to end. It has.
      if (thrown instanceof TaskCancelled) return true;
      throw thrown;
    } finally {
      current.leaving = leaving;
    }
  }

  #drive(first: IteratorResult<unknown, unknown>, waker: Waker): unknown | Pending {
    const step = throwYielded(this.#body, first);
    if (step === YIELDED) waker.wake();
    return step === SUSPENDED || step === YIELDED ? PENDING : step.value;
  }
}
