import { SUSPENDED, YIELDED } from '../../base/suspension.js';
import { isThenable } from '../../base/thenable.js';
import { current } from '../../task/current.js';

type Body = Iterator<unknown, unknown, unknown>;

/**
 * The body of an explored task: the program's own, but each poll gets a budget that a seed decides.
 *
 * A budget that is used up suspends a task before its next operation, ready or not. Every executor does that after
 * 128 operations in a poll, so it may happen at any of them, and code that breaks when it does is broken: this is
 * where a race shows that tests, whose polls are short, never see.
 *
 * A handle or an operation that the body returns is waited for here, as everything of the body is. The executor
 * would do it by promises, and drops what the cleanup of an aborted body returns.
 */
export class Preempted implements Body {
  readonly #start: () => Body;
  readonly #budget: () => number;
  #body: Body | undefined;
  #mayAdopt = true;
  /** How its last poll ended, where it did not end the task. */
  suspended: 'waits' | 'yields' | 'preempted' = 'waits';

  constructor(start: () => Body, budget: () => number) {
    this.#start = start;
    this.#budget = budget;
  }

  next(sent: unknown): IteratorResult<unknown, unknown> {
    current.budget = this.#budget();
    this.#body ??= this.#start();
    return this.#after(this.#body.next(sent));
  }

  return(value: unknown): IteratorResult<unknown, unknown> {
    current.budget = this.#budget();
    this.#mayAdopt = false;
    const step = this.#body?.return?.(value);
    return step === undefined ? { done: true, value } : this.#after(step);
  }

  throw(thrown: unknown): IteratorResult<unknown, unknown> {
    const step = this.#body?.throw?.(thrown);
    if (step === undefined) throw thrown;
    return this.#after(step);
  }

  #after(step: IteratorResult<unknown, unknown>): IteratorResult<unknown, unknown> {
    if (step === YIELDED) this.suspended = 'yields';
    else if (step === SUSPENDED) this.suspended = current.budget <= 0 ? 'preempted' : 'waits';
    else if (step.done === true && this.#mayAdopt && isOurs(step.value)) {
      this.#mayAdopt = false;
      this.#body = step.value[Symbol.iterator]();
      return this.#after(this.#body.next(undefined));
    }
    return step;
  }
}

/** Whether a returned value is an operation or a handle: awaitable, and iterated in a generator task. */
function isOurs(value: unknown): value is Iterable<unknown> {
  return isThenable(value) && Symbol.iterator in value;
}
